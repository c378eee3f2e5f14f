"""The choice of a Pulumi CLI: the named one, else the one on PATH, else one of an earlier set-up, else a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.cli import HOST, Cli
from engine.messages import Problem
from engine.version import Version, format_version

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class CliChoice:
    """The chosen CLI, and the reasons; without a CLI a new one must be installed."""

    cli: Cli | None
    reasons: tuple[str, ...]


def choose_cli(named_cli: Cli | None, cli_on_path: Cli | None, own_clis: Sequence[Cli], oldest: Version) -> CliChoice:
    """Choose the CLI.

    Args:
        named_cli: The one that PULUMI names. It is an error if this one cannot be used.
        cli_on_path: The one on PATH, which is skipped if it cannot be used.
        own_clis: Those that earlier set-ups have used, or installed in .tools.
        oldest: The oldest version that can be used.
    """
    if named_cli is not None:
        fault = explain_unusable_cli(named_cli, oldest)
        if fault:
            raise Problem(f"PULUMI={named_cli.path} cannot be used: {fault}. Name another CLI, or unset PULUMI.")
        return CliChoice(
            named_cli, (f"Using Pulumi {_format_version(named_cli)} of {named_cli.path}, because PULUMI names it.",)
        )
    skipped: tuple[str, ...] = ()
    if cli_on_path is not None:
        fault = explain_unusable_cli(cli_on_path, oldest)
        if not fault:
            return CliChoice(
                cli_on_path, (f"Using Pulumi {_format_version(cli_on_path)} of {cli_on_path.path}, the one on PATH.",)
            )
        skipped = (f"The pulumi on PATH ({cli_on_path.path}) cannot be used: {fault}.",)
    for cli in own_clis:
        if not explain_unusable_cli(cli, oldest):
            reason = f"Using Pulumi {_format_version(cli)} of {cli.path}, from an earlier set-up."
            return CliChoice(cli, (*skipped, reason))
    return CliChoice(None, skipped)


def explain_unusable_cli(cli: Cli, oldest: Version) -> str:
    """Return why a CLI cannot be used, or an empty text if it can."""
    if cli.version is None:
        return f"it cannot be run ({cli.failure})"
    if cli.version < oldest:
        return f"it is version {format_version(cli.version)}, and {format_version(oldest)} or newer is needed"
    if not cli.has_host:
        return f"its language host {HOST} is neither beside it nor on PATH"
    return ""


def _format_version(cli: Cli) -> str:
    return format_version(cli.version) if cli.version else "?"
