"""docs/reference/emulator.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from flow_service_emulator.control.routes import CONTROL_ROUTES
from flow_service_emulator.faults import Fault
from flow_service_emulator.options import CLIENTS, ORGS, build_parser
from flow_service_emulator.switches import build_table

PAGE = (Path(__file__).parent.parent.parent / "docs" / "reference" / "emulator.md").read_text("utf-8")


def test_documented_table_of_switches_equals_the_code() -> None:
    """Print it with `python -m flow_service_emulator.switches`."""
    found = re.search(r"<!-- switches -->\n(.*)<!-- /switches -->", PAGE, re.DOTALL)
    assert found is not None
    assert found[1] == build_table()


def test_every_control_route_is_documented() -> None:
    assert {f"/_emulator{route.path}" for route in CONTROL_ROUTES} <= set(re.findall(r"/_emulator/[\w/-]+", PAGE))


def test_every_built_in_client_organization_and_sandbox_is_documented() -> None:
    for name in [*CLIENTS, *CLIENTS.values(), *ORGS, *(sandbox for names in ORGS.values() for sandbox in names)]:
        assert f"`{name}`" in PAGE


def test_every_field_of_a_fault_is_documented() -> None:
    assert all(f"`{name}`" in PAGE for name in Fault("* *").to_json())


def test_every_command_line_option_is_documented() -> None:
    options = {option for action in build_parser()._actions for option in action.option_strings}  # noqa: SLF001 - argparse has no public list
    assert {
        option for option in options - {"-h", "--help"} if f"`{option}" not in PAGE and f" {option}" not in PAGE
    } == set()
