"""The table of probes against the emulator's switches."""

from __future__ import annotations

from adobe_flow.probe.table import PROBES, READS, UNKNOWN_SWITCHES
from flow_service_emulator.switches import SWITCHES, parse_value
from tests.cli.probe.probed import Probed
from tests.emulator_process import EmulatorProcess


def test_every_switch_is_probed_or_listed_with_the_reason_for_not_probing() -> None:
    probed = [each.switch for each in PROBES]

    assert sorted([*probed, *UNKNOWN_SWITCHES]) == sorted(each.name for each in SWITCHES)
    assert all(UNKNOWN_SWITCHES.values())


def test_read_only_probes_run_without_the_write_option_and_the_others_report_that_they_need_it(
    emulator: EmulatorProcess,
) -> None:
    result = Probed(emulator.url).run(write=False)

    needs_write = {each.switch for each in PROBES if each.needs_write is not READS}
    assert {each["switch"] for each in result["switches"] if "--write" in each["because"]} - needs_write <= {
        "list_items"
    }
    unknown = {each["switch"] for each in result["switches"] if each["status"] == "unknown"}
    assert needs_write <= unknown
    assert [each["method"] for each in emulator.journal() if each["effect"]] == []
    assert {each["method"] for each in emulator.journal() if "/ims/" not in each["path"]} == {"GET"}


def test_only_probes_that_need_the_write_option_send_other_methods_than_get() -> None:
    methods = {each.switch: {request.split()[0] for request in each.requests} for each in PROBES}

    assert {each.switch for each in PROBES if methods[each.switch] != {"GET"}} <= {
        each.switch for each in PROBES if each.needs_write is not READS
    }


def test_emulator_accepts_the_switch_file_of_the_probe(emulator: EmulatorProcess) -> None:
    file = Probed(emulator.url).run()["switchFile"]

    assert file
    assert all(parse_value(name, value) == value for name, value in file.items())
