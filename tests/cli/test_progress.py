"""The steps of a command on standard error: silent while they are quick, a line for one that takes long."""

from __future__ import annotations

import time

import pytest

from adobe_flow.progress import DELAY, run_step, show_steps
from tests.cli.command_line import AdobeFlow
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection
from tests.waiting import wait_until

pytestmark = pytest.mark.slow


def test_quick_steps_print_no_progress_in_a_pipeline(capsys: pytest.CaptureFixture[str]) -> None:
    with show_steps(delay=60) as report_step:
        report_step("reading")

    assert capsys.readouterr().err == ""


def test_slow_step_prints_a_progress_line_and_a_later_slow_step_too(capsys: pytest.CaptureFixture[str]) -> None:
    lines: list[str] = []

    def has_line(text: str) -> bool:
        lines.extend(capsys.readouterr().err.splitlines())
        return text in lines

    with show_steps(delay=0.01, repeat=0.01) as report_step:
        report_step("reading\nthe state")
        wait_until(lambda: has_line("reading the state"), 5)
        report_step("testing")
        wait_until(lambda: has_line("testing"), 5)


def test_progress_writes_nothing_after_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    with show_steps(delay=0.01, repeat=0.01) as report_step:
        report_step("reading")
    capsys.readouterr()
    time.sleep(0.05)

    assert capsys.readouterr().err == ""


def test_progress_step_returns_the_result_of_its_action() -> None:
    assert run_step("reading", lambda: 7) == 7


@pytest.mark.parametrize(
    ("arguments", "route", "step"),
    [
        (("show", "lake"), "GET /connections", "reading lake"),
        (("compare", "dev", "prod"), "GET /connections", "comparing dev with prod"),
        (("promote", "dev", "prod", "--dry-run"), "GET /connections", "comparing dev with prod"),
        (("sources", "--compare"), "GET /connectionSpecs", "reading the connection specs"),
        (("export",), "GET /connections", "reading the sandbox dev"),
        (("list",), "GET /connections", "reading the sandbox dev"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_progress_line_names_what_the_command_waits_for(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, arguments: tuple[str, ...], route: str, step: str
) -> None:
    emulator.foreign_create(**build_foreign_connection(name="lake"))
    emulator.fault(route, delayMs=int(DELAY * 1000) + 700)

    outcome = adobe_flow(*arguments)

    assert step in outcome.stderr
