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


def test_rotate_sets_the_token_previews_updates_only_its_connection_and_tests_it(rotate: FakeStack) -> None:
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


def test_repeated_rotate_changes_nothing_and_tests_the_connection(rotate: FakeStack) -> None:
    rotate("--yes", token=NEW)
    before = len(rotate.calls())

    outcome = rotate("--yes", "--json", token=NEW)

    assert (outcome.exit_code, outcome.json["config"], outcome.json["update"]) == (0, "already", "already")
    assert not any(call.startswith(("config set", "preview", "up")) for call in rotate.calls()[before:])


def test_old_token_may_be_revoked_only_after_the_new_one_passed_its_test(rotate: FakeStack) -> None:
    revoke = "revoke the old token"

    new = rotate("--yes", token=NEW)
    again = rotate("--yes", token=NEW)
    rotate.set(up="failed test")
    rotate("--yes", token=NEW + "2")
    rotate.set(up=None)
    back = rotate("--yes", "--back")

    assert revoke in new.stdout
    assert (back.exit_code, revoke in again.stdout, revoke in back.stdout) == (0, False, False)


def test_new_expiry_is_declared_with_the_new_token_or_the_old_date_is_reported(rotate: FakeStack) -> None:
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
def test_rotation_overtaken_by_another_one_keeps_the_old_token_valid(rotate: FakeStack, how: str) -> None:
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


def test_token_set_by_somebody_else_during_the_rotation_is_not_overwritten(rotate: FakeStack) -> None:
    rotate.set(set_meanwhile=OTHER)

    outcome = rotate("--yes", token=NEW)

    assert (outcome.exit_code, outcome.stdout) == (3, "")
    assert "has changed meanwhile" in outcome.stderr
    assert rotate.standing() == (OTHER, OLD, OLD)


@pytest.mark.parametrize("how", ["resume", "token"])
def test_rotation_interrupted_after_the_config_change_is_resumed(rotate: FakeStack, how: str) -> None:
    rotate.set(config=NEW)

    outcome = rotate("--yes", "--json", token=NEW) if how == "token" else rotate("--yes", "--json", "--resume")

    assert (outcome.exit_code, outcome.json["config"], outcome.json["update"]) == (0, "already", "done")
    assert rotate.standing() == (NEW, NEW, NEW)
    assert not any(call.startswith("config set") for call in rotate.calls())


def test_rotation_whose_update_failed_before_any_request_can_be_resumed_or_reverted(
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


def test_locked_state_is_reported_with_the_command_that_unlocks_it(rotate: FakeStack) -> None:
    rotate.set(up="locked")

    outcome = rotate("--yes", token=NEW)

    assert outcome.exit_code == 3
    assert "pulumi cancel" in outcome.stderr
    assert "Experience Platform has the old token" in outcome.stderr
    assert "--resume" in outcome.stderr


def test_token_that_the_source_refuses_is_reported_with_how_to_revert(rotate: FakeStack) -> None:
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


def test_failed_revert_names_the_old_and_the_new_token_clearly(rotate: FakeStack) -> None:
    rotate.set(config=NEW, sent=NEW, up="refused")

    failed = rotate("--back", "--yes")

    assert "The config of dev has the old token.\nExperience Platform has the new token" in failed.stderr


def test_failed_connection_test_after_the_update_is_exit_code_1(rotate: FakeStack, emulator: EmulatorProcess) -> None:
    emulator.switch(test_result="false")

    outcome = rotate("--yes", token=NEW)

    assert outcome.exit_code == 1
    assert "test: failed" in outcome.stdout
    assert "The config of dev has the new token." in outcome.stderr
    assert "rotate to the previous token" in outcome.stderr


def test_resumed_rotation_runs_only_the_test_if_flow_service_failed_after_the_update(
    rotate: FakeStack, emulator: EmulatorProcess
) -> None:
    emulator.fault("GET /connections/{id}", status=403, body={"errorMessage": "no access"})

    outcome = rotate("--yes", token=NEW)

    assert (outcome.exit_code, outcome.stdout) == (3, "")
    assert "Experience Platform has the new token" in outcome.stderr
    assert "adobe-flow test" in outcome.stderr
    assert rotate.standing() == (NEW, NEW, NEW)


@pytest.mark.parametrize("operation", ["replace", "delete", "create"])
def test_rotation_plan_with_more_than_an_update_in_place_is_refused(rotate: FakeStack, operation: str) -> None:
    rotate.set(preview=operation)

    outcome = rotate("--yes", token=NEW)

    assert outcome.exit_code == 3
    assert f"more than an update in place of lake: {operation} lake" in outcome.stderr
    assert not any(call.startswith("up") for call in rotate.calls())


def test_rotation_plan_shows_other_changes_of_the_same_connection(rotate: FakeStack) -> None:
    rotate.set(clusterId="new")

    assert "its access token, and clusterId, which the program has changed" in rotate("--yes", token=NEW).stderr


def test_rotate_shows_whether_the_last_run_of_each_dataflow_started_after_it(
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


def test_rotate_retries_a_run_that_failed_with_the_old_token_on_request(
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
def test_invalid_token_changes_nothing(rotate: FakeStack, token: str) -> None:
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
def test_rotate_without_a_change_or_a_terminal_does_nothing(
    rotate: FakeStack, flags: tuple[str, ...], hint: str
) -> None:
    outcome = rotate(*flags)

    assert outcome.exit_code == 3
    assert hint in outcome.stderr
    assert rotate.standing() == (OLD, OLD, OLD)


def test_rotate_requires_a_stack(adobe_flow: AdobeFlow) -> None:
    outcome = adobe_flow("rotate", "lake", "--yes")

    assert outcome.exit_code == 3
    assert "--stack" in outcome.stderr


def test_unknown_connection_is_an_error_with_the_nearest_name(rotate: FakeStack) -> None:
    outcome = run(rotate.capsys, "rotate", "lkae", "--stack", "dev", "--cwd", rotate.folder, "--resume", "--yes")

    assert outcome.exit_code == 3
    assert "Did you mean lake" in outcome.stderr


def test_two_sources_of_the_new_token_are_a_usage_error(rotate: FakeStack) -> None:
    assert rotate("--resume", "--back", "--yes").exit_code == 2
    assert rotate.calls() == []
