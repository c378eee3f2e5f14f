"""What happens elsewhere, in Adobe's user interface say, as the real engine shows and repairs it."""

from __future__ import annotations

from tests.stack.project import StackProject
from tests.stack.requests_seen import of

THEIRS = [
    {"op": "replace", "path": "/name", "value": "theirs"},
    {"op": "replace", "path": "/auth/params/clusterId", "value": "theirs"},
]


def test_refresh_shows_drift_per_field_and_the_next_up_repairs_it(made: StackProject) -> None:
    made.emulator.foreign_edit(made.output("lake.id"), THEIRS)

    refreshed = made.refresh("--diff").stdout
    preview = made.preview("--diff").stdout
    made.up()

    assert '~ clusterId     : "xxxx" => "theirs"' in refreshed
    assert '~ name          : "Databricks connection to Experience Platform" => "theirs"' in refreshed
    assert '~ clusterId     : "theirs" => "xxxx"' in preview
    (kept,) = made.emulator.connections()
    assert kept["name"] == "Databricks connection to Experience Platform"
    assert kept["auth"]["params"]["clusterId"] == "xxxx"
    assert "2 unchanged" in made.up("--refresh").stdout


def test_an_update_on_a_stale_etag_is_refused_and_says_what_to_do(made: StackProject) -> None:
    made.emulator.foreign_edit(made.output("lake.id"), THEIRS)
    made.declare(lake={"clusterId": "mine"})

    failed = made.up(succeeds=False)

    assert "pulumi refresh" in failed.text
    assert "Traceback" not in failed.text
    assert made.emulator.connections()[0]["auth"]["params"]["clusterId"] == "theirs"
    made.refresh()
    made.up()
    assert made.emulator.connections()[0]["auth"]["params"]["clusterId"] == "mine"


def test_connection_deleted_elsewhere_is_created_again_after_a_refresh(made: StackProject) -> None:
    gone = made.output("lake.id")
    made.emulator.foreign_delete(gone)
    made.declare(lake={"clusterId": "mine"})

    failed = made.up(succeeds=False)
    assert "deleted outside" in failed.text
    assert "pulumi refresh" in failed.text
    made.refresh()
    made.up()

    (kept,) = made.emulator.connections()
    assert made.output("lake.id") == kept["id"] != gone


def test_up_with_refresh_creates_a_deleted_connection_again(made: StackProject) -> None:
    made.emulator.foreign_delete(made.output("lake.id"))

    made.up("--refresh")

    assert len(of(made.emulator, "POST")) == 1
    assert len(made.emulator.connections()) == 1
