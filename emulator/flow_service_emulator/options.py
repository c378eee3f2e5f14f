"""The options of the command line."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flow_service_emulator.switches import SWITCHES, parse_value

CLIENTS = {
    "emulator-client-id": "emulator-client-secret",
    "emulator-other-client-id": "emulator-other-client-secret",
}
"""Public credentials; the second client is another project of the same organization."""
ORGS = {
    "0123456789ABCDEF01234567@AdobeOrg": ("prod", "dev", "stage"),
    "89ABCDEF0123456789ABCDEF@AdobeOrg": ("prod", "dev"),
}
TOKEN_LIFETIME = 86399
"""Seconds; Adobe: IMS API reference."""


@dataclass(frozen=True)
class Options:
    """The options of one emulator, and the action of the command line: `run`, `detach`, `check`, `stop` or `status`."""

    data: Path
    pid_file: Path
    log_file: Path
    workspace: Path | None
    action: str
    host: str
    port: int
    latency: float
    token_lifetime: int
    switches: Mapping[str, str]
    clients: Mapping[str, str]
    orgs: Mapping[str, tuple[str, ...]]
    arguments: tuple[str, ...]


def format_path(path: Path) -> str:
    """Return a path for JSON: in UTF-8 whatever the locale, with other bytes escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def parse_options(arguments: Sequence[str]) -> Options:
    """Return the options; a wrong one ends the process with a line on stderr and exit code 2."""
    command_line = build_parser()
    parsed = command_line.parse_args(arguments)
    if (parsed.client_id is None) != (parsed.client_secret is None):
        command_line.error("--client-id and --client-secret go together")
    own_client = {parsed.client_id: parsed.client_secret} if parsed.client_id else {}
    other_clients = list(CLIENTS)[1:] if own_client else list(CLIENTS)
    data = parsed.data.absolute()
    return Options(
        data=data,
        pid_file=(parsed.pid or data.with_name(f"{data.name}.pid")).absolute(),
        log_file=(parsed.log or data.with_name(f"{data.name}.log")).absolute(),
        workspace=parsed.workspace.absolute() if parsed.workspace else None,
        action=parsed.action,
        host=parsed.host,
        port=parsed.port,
        latency=parsed.latency_ms / 1000,
        token_lifetime=parsed.token_lifetime,
        switches={**parsed.switches, **dict(parsed.set)},
        clients={**own_client, **{client: CLIENTS[client] for client in other_clients}},
        orgs=dict(parsed.org) or ORGS,
        arguments=tuple(arguments),
    )


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    command_line = argparse.ArgumentParser(
        prog="python -m flow_service_emulator",
        description="Adobe Experience Platform's Flow Service on this machine. It is no product of Adobe.",
        allow_abbrev=False,
    )
    add = command_line.add_argument
    add("--port", type=int, default=8765, help="port to listen on; 0 takes a free one (default: %(default)s)")
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s, this machine only)")
    add(
        "--data",
        type=Path,
        default=Path("flow-service-emulator.sqlite"),
        metavar="FILE",
        help="data file (default: %(default)s)",
    )
    add(
        "--workspace",
        type=Path,
        metavar="FOLDER",
        help="folder of schema.table.csv files, the data of the sources (default: three small tables)",
    )
    add("--latency-ms", type=int, default=0, metavar="N", help="minimum duration of every response")
    add(
        "--token-lifetime",
        type=int,
        default=TOKEN_LIFETIME,
        metavar="SECONDS",
        help="lifetime of access tokens (default: %(default)s)",
    )
    add(
        "--set",
        type=_parse_switch,
        action="append",
        default=[],
        metavar="SWITCH=VALUE",
        help="; ".join(switch.name for switch in SWITCHES),
    )
    add(
        "--switches",
        type=_parse_switch_file,
        default={},
        metavar="FILE",
        help="a JSON object of switches and values, as `adobe-flow probe` writes it; --set comes after it",
    )
    add("--client-id", help="client id that replaces emulator-client-id")
    add("--client-secret", help="secret of --client-id; never use a real one")
    add(
        "--org",
        type=_parse_org,
        action="append",
        default=[],
        metavar="ORG=SANDBOX,…",
        help="organization with its sandboxes, instead of the two made-up ones",
    )
    add("--pid", type=Path, metavar="FILE", help="pid file (default: the data file's name with .pid)")
    add(
        "--log",
        type=Path,
        metavar="FILE",
        help="log of an emulator in the background (default: the data file's name with .log)",
    )
    _add_actions(command_line)
    return command_line


def _add_actions(command_line: argparse.ArgumentParser) -> None:
    actions = command_line.add_mutually_exclusive_group()
    for action, about in (
        ("detach", "run in the background, unless it runs already"),
        ("check", "say why --detach would fail, if the port is taken; exit code 2"),
        ("stop", "stop the emulator with this data file"),
        ("status", "print the emulator with this data file; exit code 1 if none runs"),
    ):
        actions.add_argument(
            f"--{action}", action="store_const", dest="action", const=action, default="run", help=about
        )


def _parse_switch(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    name = name.replace("-", "_")
    try:
        return name, parse_value(name, value if equals else "on")
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _parse_switch_file(text: str) -> dict[str, str]:
    try:
        content = json.loads(Path(text).read_text(encoding="utf-8"))
        if isinstance(content, dict):
            return {name.replace("-", "_"): parse_value(name, value) for name, value in content.items()}
        message = f"{text} is no JSON object"
    except OSError as error:
        message = f"{text} cannot be read: {error.strerror}"
    except (ValueError, RecursionError) as error:
        message = f"{text}: {error}"
    raise argparse.ArgumentTypeError(message)


def _parse_org(text: str) -> tuple[str, tuple[str, ...]]:
    org, _, sandboxes = text.partition("=")
    names = tuple(name for name in sandboxes.split(",") if name)
    if not names:
        message = f"{text!r} is not ORG=sandbox,sandbox"
        raise argparse.ArgumentTypeError(message)
    return org, names
