"""Every way a rotation can go, with a fake Pulumi; `tests/cli/test_on_stack.py` has the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow, assert_valid, run
from tests.cli.rotate.stacks import MARK, NEW, OLD, OTHER, FakeStack, fake_stack
from tests.emulator.adobe_client import AdobeClient, replace
from tests.emulator.dataflows.way import Way
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow


@pytest.fixture
def rotate(
    tmp_path: Path,
    emulator: EmulatorProcess,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[FakeStack]:
    yield fake_stack(tmp_path / "project", emulator, monkeypatch, capsys)
    calls = tmp_path / "project" / "calls"
    assert not calls.exists() or MARK not in calls.read_text()


def test_it_sets_the_token_previews_updates_that_connection_alone_and_tests(rotate: FakeStack) -> None:
    outcome = rotate("--yes", "--json", token=NEW)

    assert outcome.exit_code == 0, outcome.stderr
    assert_valid(outcome, "rotate")
    assert (outcome.json["config"], outcome.json["update"], outcome.json["test"]["result"]) == ("set", "done", "passed")
    assert rotate.standing() == (NEW, NEW, NEW)
    order = [call.split(" --")[0] for call in rotate.calls()]
    look = ["stack export", "config"]
    assert order == ["config", *look, *look, "config set", *look, "preview", "up", *look]
    assert all("--target urn:pulumi:dev::" in call for call in rotate.calls() if call.startswith(("preview", "up")))
    assert "plan: update lake in place: its access token; nothing else" in outcome.stderr
    assert MARK not in outcome.stdout + outcome.stderr


def test_a_second_time_it_finds_everything_done_and_tests_all_the_same(rotate: FakeStack) -> None:
    rotate("--yes", token=NEW)
    before = len(rotate.calls())

    outcome = rotate("--yes", "--json", token=NEW)

    assert (outcome.exit_code, outcome.json["config"], outcome.json["update"]) == (0, "already", "already")
    assert not any(call.startswith(("config set", "preview", "up")) for call in rotate.calls()[before:])


def test_only_a_new_token_that_passed_its_test_makes_the_old_one_superfluous(rotate: FakeStack) -> None:
    revoke = "revoke the old token"

    new = rotate("--yes", token=NEW)
    again = rotate("--yes", token=NEW)
    rotate.set(up="failed test")
    rotate("--yes", token=NEW + "2")
    rotate.set(up=None)
    back = rotate("--yes", "--back")

    assert revoke in new.stdout
    assert (back.exit_code, revoke in again.stdout, revoke in back.stdout) == (0, False, False)


def test_the_end_of_the_new_token_is_declared_with_it_or_the_old_date_is_told(rotate: FakeStack) -> None:
    first = rotate("--yes", "--expires-at", "2027-01-31", token=OLD + "1")
    second = rotate("--yes", token=NEW)
    wrong = rotate("--yes", "--expires-at", "soon", token=OLD)

    assert first.exit_code == 0
    assert rotate.tokens()["expires"] == "2027-01-31"
    assert "note" not in first.stderr
    assert "connections.lake.accessTokenExpiresAt still says 2027-01-31" in second.stderr
    assert wrong.exit_code == 2
    assert rotate.standing() == (NEW, NEW, NEW)


@pytest.mark.parametrize("how", ["overtaken", "other rotation"])
def test_a_rotation_that_another_overtakes_keeps_the_old_token_alive(rotate: FakeStack, how: str) -> None:
    """Two rotations at once: from another checkout, or on the same stack, whose config the other one has set."""
    rotate.set(up=how)

    outcome = rotate("--yes", token=NEW)
    shown = rotate("--yes", "--json", token=NEW) if how == "overtaken" else None

    assert (outcome.exit_code, "revoke the old token" in outcome.stdout) == (1, False)
    assert "Not confirmed" in outcome.stderr
    assert "pulumi refresh --stack dev; adobe-flow rotate lake --stack dev" in outcome.stderr
    assert MARK not in outcome.stdout + outcome.stderr
    if shown:
        assert_valid(shown, "rotate")
        assert shown.json["overtakenBy"].startswith("a change of 20")


def test_a_token_that_somebody_else_sets_meanwhile_is_not_overwritten(rotate: FakeStack) -> None:
    rotate.set(set_meanwhile=OTHER)

    outcome = rotate("--yes", token=NEW)

    assert (outcome.exit_code, outcome.stdout) == (3, "")
    assert "has changed meanwhile" in outcome.stderr
    assert rotate.standing() == (OTHER, OLD, OLD)


@pytest.mark.parametrize("how", ["resume", "token"])
def test_what_was_interrupted_after_the_config_goes_on_from_there(rotate: FakeStack, how: str) -> None:
    rotate.set(config=NEW)

    outcome = rotate("--yes", "--json", token=NEW) if how == "token" else rotate("--yes", "--json", "--resume")

    assert (outcome.exit_code, outcome.json["config"], outcome.json["update"]) == (0, "already", "done")
    assert rotate.standing() == (NEW, NEW, NEW)
    assert not any(call.startswith("config set") for call in rotate.calls())


def test_an_update_that_fails_before_anything_was_sent_says_so_and_can_be_resumed_or_taken_back(
    rotate: FakeStack,
) -> None:
    rotate.set(up="refused")

    failed = rotate("--yes", token=NEW)

    assert (failed.exit_code, failed.stdout) == (3, "")
    assert "nothing was sent [secret]" in failed.stderr
    assert "The config of dev has the new token.\nExperience Platform has the old token" in failed.stderr
    assert "adobe-flow rotate lake --stack dev --resume" in failed.stderr
    assert "adobe-flow rotate lake --stack dev --back" in failed.stderr
    assert MARK not in failed.stdout + failed.stderr
    rotate.set(up=None)
    assert rotate("--back", "--yes").exit_code == 0
    assert rotate.standing() == (OLD, OLD, OLD)


def test_a_locked_state_is_told_with_what_frees_it(rotate: FakeStack) -> None:
    rotate.set(up="locked")

    outcome = rotate("--yes", token=NEW)

    assert outcome.exit_code == 3
    assert "pulumi cancel" in outcome.stderr
    assert "Experience Platform has the old token" in outcome.stderr
    assert "--resume" in outcome.stderr


def test_a_token_that_the_source_refuses_is_told_with_the_way_back(rotate: FakeStack) -> None:
    rotate.set(up="failed test")

    failed = rotate("--yes", token=NEW)

    assert failed.exit_code == 3
    assert "test of the connection failed" in failed.stderr
    assert "The config of dev has the new token.\nExperience Platform has the new token" in failed.stderr
    assert rotate.standing() == (NEW, OLD, NEW)
    rotate.set(up=None)
    back = rotate("--back", "--yes", "--json")
    assert (back.exit_code, back.json["config"], back.json["update"]) == (0, "set", "done")
    assert rotate.standing() == (OLD, OLD, OLD)


def test_a_way_back_that_fails_calls_the_tokens_by_their_names(rotate: FakeStack) -> None:
    rotate.set(config=NEW, sent=NEW, up="refused")

    failed = rotate("--back", "--yes")

    assert "The config of dev has the old token.\nExperience Platform has the new token" in failed.stderr


def test_a_failed_test_after_the_update_is_something_to_attend_to(rotate: FakeStack, emulator: EmulatorProcess) -> None:
    emulator.switch(test_result="false")

    outcome = rotate("--yes", token=NEW)

    assert outcome.exit_code == 1
    assert "test: failed" in outcome.stdout
    assert "The config of dev has the new token." in outcome.stderr
    assert "rotate to the previous token" in outcome.stderr


def test_a_service_out_of_reach_after_the_update_leaves_only_the_test(
    rotate: FakeStack, emulator: EmulatorProcess
) -> None:
    emulator.fault("GET /connections/{id}", status=403, body={"errorMessage": "no access"})

    outcome = rotate("--yes", token=NEW)

    assert (outcome.exit_code, outcome.stdout) == (3, "")
    assert "Experience Platform has the new token" in outcome.stderr
    assert "adobe-flow test" in outcome.stderr
    assert rotate.standing() == (NEW, NEW, NEW)


@pytest.mark.parametrize("operation", ["replace", "delete", "create"])
def test_a_plan_that_is_more_than_an_update_in_place_is_refused(rotate: FakeStack, operation: str) -> None:
    rotate.set(preview=operation)

    outcome = rotate("--yes", token=NEW)

    assert outcome.exit_code == 3
    assert f"more than an update in place of lake: {operation} lake" in outcome.stderr
    assert not any(call.startswith("up") for call in rotate.calls())


def test_what_else_the_program_has_changed_of_it_stands_in_the_plan(rotate: FakeStack) -> None:
    rotate.set(clusterId="new")

    assert "its access token, and clusterId, which the program has changed" in rotate("--yes", token=NEW).stderr


def test_the_last_run_of_each_dataflow_is_shown_and_whether_it_came_after(
    rotate: FakeStack, emulator: EmulatorProcess
) -> None:
    with AdobeClient(emulator.url) as adobe:
        way = Way(adobe)
        rotate.set(id=way.base, etag=adobe.get(f"/connections/{way.base}").json()["items"][0]["etag"])
        flow = way.made("/flows", way.flow())
        none_yet = rotate("--yes", token=NEW)
        emulator.turn_clock(86400)
        ran = rotate("--yes", "--json", token=NEW)

    assert "none yet" in none_yet.stdout
    assert_valid(ran, "rotate")
    (shown,) = ran.json["dataflows"]
    assert (shown["id"], shown["lastRun"]["state"], shown["lastRun"]["after"]) == (flow, "success", True)


def test_a_run_that_failed_with_the_old_token_is_retried_where_that_is_asked_for(
    rotate: FakeStack, emulator: EmulatorProcess
) -> None:
    with AdobeClient(emulator.url) as adobe:
        way = Way(adobe)
        rotate.set(id=way.base)
        flow = way.made("/flows", way.flow())
        emulator.set_scenario(runs=[{"code": "CONNECTOR-1001-500"}])
        emulator.turn_clock(120)
        # The fake Pulumi sends nothing, so this is the change that a run is older than.
        emulator.foreign_edit(way.base, replace("/description", "rotated"))
        failed = rotate("--yes", "--wait", "0", token=NEW)
        emulator.set_scenario()
        emulator.foreign_edit(way.base, replace("/description", "rotated again"))
        as_json = rotate("--yes", "--json", "--wait", "0", token=NEW + "2")

    assert failed.exit_code == 1
    assert "first run of orders daily: its failed run was retried: failed" in failed.stdout
    assert_valid(as_json, "rotate")
    (row,) = as_json.json["firstRuns"]
    assert (as_json.exit_code, row["id"], row["action"], row["run"]["status"]) == (0, flow, "retried", "success")


@pytest.mark.parametrize("token", ["", "two words", "späte", "\x07"])
def test_what_is_no_token_changes_nothing(rotate: FakeStack, token: str) -> None:
    outcome = rotate("--yes", "--token-stdin", token=token) if token else rotate("--yes", "--token-stdin")

    assert outcome.exit_code == 3
    assert "This is not a token" in outcome.stderr
    assert rotate.standing() == (OLD, OLD, OLD)


@pytest.mark.parametrize(
    ("flags", "hint"),
    [
        (("--resume", "--yes"), "nothing to resume"),
        (("--back", "--yes"), "none to go back to"),
        (("--token-stdin",), "Give --yes"),
        ((), "Give --yes"),
    ],
)
def test_without_anything_to_do_or_anybody_to_ask_nothing_is_done(
    rotate: FakeStack, flags: tuple[str, ...], hint: str
) -> None:
    outcome = rotate(*flags)

    assert outcome.exit_code == 3
    assert hint in outcome.stderr
    assert rotate.standing() == (OLD, OLD, OLD)


def test_a_stack_has_to_be_named(adobe_flow: AdobeFlow) -> None:
    outcome = adobe_flow("rotate", "lake", "--yes")

    assert outcome.exit_code == 3
    assert "--stack" in outcome.stderr


def test_an_unknown_connection_is_answered_with_the_nearest(rotate: FakeStack) -> None:
    outcome = run(rotate.capsys, "rotate", "lkae", "--stack", "dev", "--cwd", rotate.folder, "--resume", "--yes")

    assert outcome.exit_code == 3
    assert "Did you mean lake" in outcome.stderr


def test_two_sources_of_a_token_are_a_usage_error(rotate: FakeStack) -> None:
    assert rotate("--resume", "--back", "--yes").exit_code == 2
    assert rotate.calls() == []
