"""The report as Markdown for an issue, and the three files of a probe."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from adobe_flow.files import write_files
from adobe_flow.probe.finding import MEASURED, NARROWED
from adobe_flow.problem import Problem
from adobe_flow.report.markdown import format_code

REPORT: Final = "probe-report.md"
RESULT: Final = "probe-report.json"
SWITCHES: Final = "probe-switches.json"


def prepare_report_folder(folder: Path) -> None:
    """Make the folder of the report if it is missing.

    Raises:
        Problem: The folder cannot be made, or no file can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Problem(
            f"The folder {folder} cannot be made or written to: {error.strerror}. Nothing was probed.",
            "Name another one.",
        ) from None


def write_report(result: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write the report in both forms, and the emulator's switch file; return the files.

    Args:
        result: The result without secrets.
        folder: Where the files are written. It exists.
    """
    texts = {
        folder / REPORT: build_markdown(result),
        folder / RESULT: _findings_to_json(result),
        folder / SWITCHES: _findings_to_json(result["switchFile"]),
    }
    write_files(texts)
    return list(texts)


def _findings_to_json(value: Any) -> str:
    return json.dumps(value, indent=2) + "\n"


def build_markdown(result: Mapping[str, Any]) -> str:
    """Return the report as Markdown."""
    return "\n".join(_iterate_report_lines(result)) + "\n"


def _iterate_report_lines(result: Mapping[str, Any]) -> Iterator[str]:
    switches = result["switches"]
    measured = sum(switch["status"] == MEASURED for switch in switches)
    yield f"# Probe of Flow Service: {measured} of {len(switches)} switches measured"
    yield ""
    mode = "created, changed and deleted a throw-away connection" if result["write"] else "only read"
    yield f"Made by {format_code(result['tool'])} at {result['madeAt']}, which {mode}."
    yield "It names neither organization, sandbox nor any entity."
    if result["stopped"]:
        yield f"The writing ended early: {result['stopped']}."
    yield ""
    yield "| switch | value | what was seen |"
    yield "|---|---|---|"
    for switch in switches:
        reason = _to_markdown_cell(switch["because"])
        yield f"| {format_code(switch['switch'])} | {format_finding_value(switch)} | {reason} |"
    yield ""
    yield f"- Adobe's clock is {result['clock']} s ahead of the one of this machine."
    yield f"- Responses {'have' if result['requestIds'] else 'have no'} request id."
    own = result["throwAway"]
    yield f"- Throw-away connections: {own['created']} created, {own['deleted']} deleted, {own['left']} left."
    yield ""
    yield "The switches for the emulator (`python -m flow_service_emulator --switches FILE`):"
    yield ""
    yield "```json"
    yield json.dumps(result["switchFile"], indent=2)
    yield "```"


def format_finding_value(finding: Mapping[str, Any]) -> str:
    """Return the value of a switch, the values that remain possible, or that it is unknown."""
    if finding["status"] == MEASURED:
        return format_code(finding["value"])
    if finding["status"] == NARROWED:
        return " or ".join(format_code(candidate) for candidate in finding["candidates"])
    return "unknown"


def _to_markdown_cell(text: str) -> str:
    return text.replace("|", "\\|")
