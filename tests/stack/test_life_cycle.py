"""A connection's life with the real engine: made, left alone, changed in place, taken down."""

from __future__ import annotations

import hashlib
import json

from tests.stack.project import ACCESS_TOKEN, CONNECTION, ORG, ROOT, StackProject
from tests.stack.requests_seen import COLLECTION, of, sent

TUTORIAL = json.loads((ROOT / "tests" / "data" / "tutorial.json").read_text(encoding="utf-8"))


def journalled(secret: str) -> str:
    return f"sha256:{hashlib.sha256(secret.encode()).hexdigest()[:12]}"


def test_up_sends_the_tutorials_request_once_and_keeps_id_and_etag(project: StackProject) -> None:
    project.declare(lake={})
    project.set_access_token("lake", TUTORIAL["request"]["auth"]["params"]["accessToken"])

    project.up()

    assert sent(project.emulator) == [
        "POST /ims/token/v3",
        "GET connections",
        "POST connections",
        "GET connections",
        "GET connections/{id}/test",
    ]
    (post,) = of(project.emulator, "POST")
    expected = json.loads(json.dumps(TUTORIAL["request"]))
    expected["auth"]["params"]["accessToken"] = journalled(expected["auth"]["params"]["accessToken"])
    assert post["body"] == expected
    assert post["path"] == COLLECTION
    headers = {name: post["headers"][name] for name in ("x-api-key", "x-gw-ims-org-id", "x-sandbox-name")}
    assert headers == {"x-api-key": "emulator-client-id", "x-gw-ims-org-id": ORG, "x-sandbox-name": "dev"}
    assert post["headers"]["content-type"] == "application/json"
    assert post["headers"]["authorization"].startswith("sha256:")

    (kept,) = project.emulator.connections()
    resource = project.resource("lake")
    assert resource["type"] == "pulumi-python:dynamic/adobe:DatabricksSourceConnection"
    assert resource["id"] == kept["id"] == project.output("lake.id")
    assert resource["outputs"]["etag"] == kept["etag"] == project.output("lake.etag")
    assert resource["outputs"]["state"] == "enabled"
    assert resource["inputs"]["owner"] == "flow-connections/dev/lake"


def test_a_second_up_and_a_preview_send_nothing(made: StackProject) -> None:
    assert "2 unchanged" in made.up().stdout
    assert "2 unchanged" in made.preview("--diff").stdout
    assert sent(made.emulator) == []


def test_a_changed_cluster_is_one_update_in_place(made: StackProject) -> None:
    before = made.resource("lake")
    made.declare(lake={"clusterId": "0612-200003-abc123"})

    preview = made.preview("--diff").stdout
    assert '~ clusterId     : "xxxx" => "0612-200003-abc123"' in preview
    assert "~ 1 to update" in preview
    # The preview of a change tries the credentials that the update will use.
    assert sent(made.emulator) == ["POST /ims/token/v3"]
    made.emulator.clear_journal()
    made.up()

    assert sent(made.emulator) == [
        "POST /ims/token/v3",
        "PATCH connections/{id}",
        "GET connections/{id}",
        "GET connections/{id}/test",
    ]
    (patch,) = of(made.emulator, "PATCH")
    assert patch["headers"]["if-match"] == before["outputs"]["etag"]
    after = made.resource("lake")
    assert after["id"] == before["id"]
    assert after["outputs"]["clusterId"] == "0612-200003-abc123"
    assert after["outputs"]["etag"] == made.emulator.connections()[0]["etag"] != before["outputs"]["etag"]


def test_a_rotated_token_is_one_update_that_the_preview_names_without_its_value(made: StackProject) -> None:
    made.set_access_token("lake", "dapi-rotated-77aa88bb")

    preview = made.preview("--diff").text
    assert "~ 1 to update" in preview
    assert "lake: accessToken changes" in preview
    up = made.up().text

    assert "dapi-" not in preview + up
    (patch,) = of(made.emulator, "PATCH")
    assert [operation["path"] for operation in patch["body"]] == ["/auth/params"]
    assert patch["body"][0]["value"]["accessToken"] == journalled("dapi-rotated-77aa88bb")


def test_a_dropped_description_is_removed_and_nothing_else_is_sent(made: StackProject) -> None:
    without = {key: value for key, value in CONNECTION.items() if key != "description"}
    made.write_config(**{"flow-connections:connections": {"lake": without}})

    made.up()

    (patch,) = of(made.emulator, "PATCH")
    assert [(each["op"], each["path"]) for each in patch["body"]] == [("remove", "/description")]
    assert "description" not in made.resource("lake")["outputs"]
    assert "2 unchanged" in made.up().stdout


def test_destroy_deletes_connections_and_an_already_deleted_one_is_no_error(made: StackProject) -> None:
    made.declare(lake={}, other={"name": "other"})
    made.up()
    made.emulator.foreign_delete(made.output("other.id"))
    made.emulator.clear_journal()

    made.destroy()

    assert made.emulator.connections() == []
    assert sorted(sent(made.emulator)) == [
        "DELETE connections/{id}",
        "DELETE connections/{id}",
        "GET /data/foundation/flowservice/flows",
        "POST /ims/token/v3",
    ]
    assert made.state() == []


def test_backend_stores_no_secret_in_clear_text(made: StackProject) -> None:
    made.emulator.foreign_edit(made.output("lake.id"), [{"op": "replace", "path": "/name", "value": "theirs"}])
    made.refresh()
    made.up()

    kept = made.state_files()

    assert made.output("lake.id") in kept
    assert ACCESS_TOKEN not in kept
    assert "emulator-client-secret" not in kept


def test_failed_create_of_one_connection_does_not_stop_the_other(project: StackProject) -> None:
    project.declare(bad={"name": "bad"}, good={"name": "good"})
    project.emulator.switch(credentials="checked")
    project.set_access_token("bad", "revoked")

    failed = project.up("--continue-on-error", succeeds=False)

    assert "bad" in failed.text
    assert [each["name"] for each in project.emulator.connections()] == ["good"]
    assert project.resource("good")["id"] == project.emulator.connections()[0]["id"]
    project.set_access_token("bad", "dapi-works")
    project.up()
    assert sorted(each["name"] for each in project.emulator.connections()) == ["bad", "good"]
