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
def test_each_engine_operation_has_a_word_and_an_unknown_one_keeps_its_name(op: str, told: str) -> None:
    parsed = plan(digest(step(op, "DatabricksSourceConnection", "lake", lake(), lake())))

    assert [each.operation for each in parsed.resources] == [told]


def test_refresh_step_is_superseded_by_the_next_step_of_the_resource() -> None:
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


def test_stack_provider_component_and_read_steps_are_not_counted() -> None:
    read = step("read", "DatabricksSourceConnection", "elsewhere", lake(), lake())
    read["newState"]["external"] = True
    component = step("create", "adobe:Ingestion", "all", None, {})
    component["newState"]["custom"] = False

    parsed = plan(digest(read, component, step("create", "pulumi:providers:aws", "aws", None, {})))

    assert parsed.resources == ()
    assert (parsed.project, parsed.stack) == ("acme", "dev")


def test_plan_with_an_error_diagnostic_is_a_failed_preview() -> None:
    error = {"message": "error: preview failed\n", "severity": "error", "urn": urn("Dataflow", "daily")}

    parsed = plan(digest(diagnostics=[error]))

    assert parsed.failed
    assert parsed.diagnostics[0].resource == "daily"
    assert not plan(digest(messages=("hello",))).failed


def test_plan_without_its_unchanged_resources_is_incomplete() -> None:
    assert not plan(digest(changeSummary={"same": 2})).whole
    assert plan(digest(changeSummary={"same": 1})).whole


def test_empty_plan_has_no_changes() -> None:
    assert plan({}).resources == plan({"steps": None, "diagnostics": None}).resources == ()
