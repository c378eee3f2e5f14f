"""Which Pulumi CLI is taken: the one that was named, else the one on PATH, else the one kept here, else a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.cli import HOST, Cli
from engine.problem import Problem
from engine.version import Version, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Choice:
    """What is taken, and why; without a CLI a new one has to be got."""

    cli: Cli | None
    reasons: tuple[str, ...]


def choose(named: Cli | None, on_path: Cli | None, kept: Sequence[Cli], oldest: Version) -> Choice:
    """Decide; a CLI that was named and cannot be used is an error, one that was only found is passed over."""
    if named is not None:
        fault = fault_of(named, oldest)
        if fault:
            raise Problem(f"PULUMI={named.path} cannot be used: {fault}. Name another one, or leave PULUMI out.")
        return Choice(named, (f"Pulumi {_version(named)} of {named.path}, because PULUMI names it.",))
    passed_over: tuple[str, ...] = ()
    if on_path is not None:
        fault = fault_of(on_path, oldest)
        if not fault:
            return Choice(on_path, (f"Pulumi {_version(on_path)} of {on_path.path}, the one on PATH.",))
        passed_over = (f"The pulumi on PATH ({on_path.path}) is passed over: {fault}.",)
    for cli in kept:
        if not fault_of(cli, oldest):
            return Choice(cli, (*passed_over, f"Pulumi {_version(cli)} of {cli.path}, kept from an earlier set-up."))
    return Choice(None, passed_over)


def fault_of(cli: Cli, oldest: Version) -> str:
    """Why a CLI cannot be used; an empty text where it can."""
    if cli.version is None:
        return f"it cannot be run ({cli.failure})"
    if cli.version < oldest:
        return f"it is version {shown(cli.version)}, and {shown(oldest)} or newer is needed"
    if not cli.has_host:
        return f"its language host {HOST} is neither beside it nor on PATH"
    return ""


def _version(cli: Cli) -> str:
    return shown(cli.version) if cli.version else "?"
