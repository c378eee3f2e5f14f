from __future__ import annotations

import pytest

from tests.cli.report.digests import digest, lake, plan, step, urn


@pytest.mark.parametrize(
    ("op", "told"),
    [
        ("same", "unchanged"),
        ("refresh", "unchanged"),
        ("create", "create"),
        ("update", "update"),
        ("replace", "replace"),
        ("create-replacement", "replace"),
        ("delete", "delete"),
        ("import", "import"),
        ("something-new", "something-new"),
    ],
)
def test_each_operation_of_the_engine_has_its_word_and_a_new_one_keeps_its_name(op: str, told: str) -> None:
    parsed = plan(digest(step(op, "DatabricksSourceConnection", "lake", lake(), lake())))

    assert [each.operation for each in parsed.resources] == [told]


def test_a_refresh_gives_way_to_the_step_that_follows_it() -> None:
    parsed = plan(
        digest(
            step("refresh", "DatabricksSourceConnection", "lake", lake(), lake()),
            step("update", "DatabricksSourceConnection", "lake", lake(description="theirs"), lake()),
            step("refresh", "DatabricksSourceConnection", "gone", lake(), lake()),
            step("create", "DatabricksSourceConnection", "gone", None, lake()),
        )
    )

    assert [(each.name, each.operation, each.exists) for each in parsed.resources] == [
        ("lake", "update", True),
        ("gone", "create", False),
    ]
    assert (parsed.resources[0].old or {})["description"] == "theirs"


def test_the_stack_providers_components_and_what_is_only_read_do_not_count() -> None:
    read = step("read", "DatabricksSourceConnection", "elsewhere", lake(), lake())
    read["newState"]["external"] = True
    component = step("create", "adobe:Ingestion", "all", None, {})
    component["newState"]["custom"] = False

    parsed = plan(digest(read, component, step("create", "pulumi:providers:aws", "aws", None, {})))

    assert parsed.resources == ()
    assert (parsed.project, parsed.stack) == ("acme", "dev")


def test_a_plan_with_an_error_is_one_that_failed() -> None:
    error = {"message": "error: preview failed\n", "severity": "error", "urn": urn("Dataflow", "daily")}

    parsed = plan(digest(diagnostics=[error]))

    assert parsed.failed
    assert parsed.diagnostics[0].resource == "daily"
    assert not plan(digest(messages=("hello",))).failed


def test_a_plan_without_its_unchanged_resources_is_not_whole() -> None:
    assert not plan(digest(changeSummary={"same": 2})).whole
    assert plan(digest(changeSummary={"same": 1})).whole


def test_an_empty_plan_has_nothing_in_it() -> None:
    assert plan({}).resources == plan({"steps": None, "diagnostics": None}).resources == ()
