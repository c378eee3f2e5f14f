"""Which dataflow a name means: an id, a name in the stack's program, or a name in Experience Platform."""

from __future__ import annotations

from typing import cast

import pytest

from adobe_flow.problem import Problem
from adobe_flow.runs.dataflow import Dataflow, find_dataflow
from pulumi_adobe.flow_service.client import FlowServiceClient


def make(id_: str, name: str, managed_as: str | None = None) -> Dataflow:
    return Dataflow({"id": id_, "name": name}, cast(FlowServiceClient, None), managed_as)


FLOWS = (
    make("id-1", "Orders, daily", "orders"),
    make("id-2", "Customers", "customers-daily"),
    make("id-3", "orders"),
    make("id-4", "Twin"),
    make("id-5", "Twin"),
    make("id-6", "id-1"),
    make("id-7", "Invoices", "Invoices"),
)


@pytest.mark.parametrize(
    ("wanted", "id_"),
    [
        ("id-2", "id-2"),
        ("Customers", "id-2"),
        ("customers-daily", "id-2"),
        ("orders", "id-1"),
        ("Orders, daily", "id-1"),
        ("id-1", "id-1"),
        ("id-5", "id-5"),
        ("Invoices", "id-7"),
    ],
)
def test_dataflow_is_searched_by_id_then_by_program_name_then_by_service_name(wanted: str, id_: str) -> None:
    assert find_dataflow(FLOWS, wanted).id == id_


@pytest.mark.parametrize(
    ("wanted", "fact"),
    [
        ("Customer", "Did you mean Customers"),
        ("customers-dayly", "customers-daily"),
        ("Twin", "id-4, id-5"),
    ],
)
def test_unknown_dataflow_is_an_error_with_similar_names_and_an_ambiguous_one_with_both_ids(
    wanted: str, fact: str
) -> None:
    with pytest.raises(Problem) as raised:
        find_dataflow(FLOWS, wanted)

    assert fact in str(raised.value)


def test_sandbox_without_dataflows_is_reported() -> None:
    with pytest.raises(Problem, match="no dataflow"):
        find_dataflow((), "orders")
