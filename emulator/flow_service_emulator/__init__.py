"""Adobe Experience Platform's Flow Service on this machine, true to Adobe's documents."""

from __future__ import annotations


def __getattr__(name: str) -> object:
    """Return `__version__` from the installed metadata, which an emulator does not need to start (PEP 562)."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # noqa: PLC0415 - slow to import

    return version("flow-service-emulator")
