from __future__ import annotations

import pytest

from adobe_flow.problem import Problem
from adobe_flow.report.digest import read_preview_document
from tests.cli.report.digests import chain, digest, text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "is empty"),
        (" \n ", "is empty"),
        ('{"steps": [', "is cut off after 11 characters"),
        (text(chain())[:400], "is cut off after 400 characters"),
        ("Previewing update (dev)", "Was --json left out"),
        ('{"a" 1}', "is not JSON"),
        ("[1, 2]", "is not JSON: it does not begin|not a plan"),
        ('{"name": "x"}', "is JSON, but not a plan"),
        ('{"steps": [1]}', "its steps do not have the form that Pulumi writes"),
        ('{"steps": [{"op": "same"}]}', "its steps do not have the form that Pulumi writes"),
        ('{"steps": [{"op": "same", "urn": "u", "oldState": 3}]}', "its steps do not have the form that Pulumi writes"),
        ('{"sequence": 0}\n{"sequence": 1}', "is a stream of events"),
    ],
)
def test_file_that_is_no_plan_is_refused_with_what_it_is(given: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        read_preview_document(given, "plan.json")


def test_error_about_a_malformed_plan_quotes_none_of_it() -> None:
    with pytest.raises(Problem) as told:
        read_preview_document('{"steps": "dapi-secret-0001" ]}', "plan.json")

    assert "dapi" not in str(told.value)


def test_every_step_of_a_plan_is_read() -> None:
    assert len(read_preview_document(text(digest()), "plan.json")["steps"]) == 1
    assert read_preview_document('{"changeSummary": {}}', "plan.json") == {"changeSummary": {}, "steps": []}
