"""The process `pulumi-resource-adobe`, which serves the native provider."""

from __future__ import annotations

from pulumi_adobe.plugin.native.protocol import skip_program_sdk


def main() -> None:
    """Serve until the engine ends the process."""
    skip_program_sdk()
    from pulumi_adobe.plugin.native.server import serve  # noqa: PLC0415 - it imports Pulumi's protocol

    serve()


if __name__ == "__main__":
    main()
