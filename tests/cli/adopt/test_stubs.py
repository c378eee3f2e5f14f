"""What a state needs so that a connection can stand in it: what is above it, its provider, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from adobe_flow.adopting.plan import PROVIDER_TYPE, Planned
from adobe_flow.adopting.stubs import Family
from adobe_flow.managed import STACK_TYPE
from tests.cli.adopting.test_matching import planned
from tests.cli.adopting.test_wrapped import LATER, secret

URN = "urn:pulumi:dev::project::"
STACK = Planned(f"{URN}{STACK_TYPE}::project-dev", STACK_TYPE, custom=False, creates=True, inputs={})
OUTER = Planned(f"{URN}acme:Outer::outer", "acme:Outer", custom=False, creates=True, inputs={}, parent=STACK.urn)
INNER = Planned(f"{URN}acme:Inner::inner", "acme:Inner", custom=False, creates=True, inputs={}, parent=OUTER.urn)
PROVIDER = Planned(
    f"{URN}{PROVIDER_TYPE}::eu", PROVIDER_TYPE, custom=True, creates=True, inputs={"sandbox": "eu"}, parent=OUTER.urn
)


def lake(parent: str = STACK.urn, **inputs: Any) -> Planned:
    return replace(planned(**inputs), parent=parent, provider=PROVIDER.urn, protect=True)


def family(connection: Planned, *there: dict[str, Any]) -> Family:
    return Family([STACK, connection, INNER, OUTER, PROVIDER], there)


def refreshed(one: Family, connection: Planned) -> dict[str, Any]:
    found = [each for each in one.in_copy([(connection, "id-1")]) if each["urn"] == connection.urn]
    return found[0]


def test_the_copy_has_the_stack_the_providers_and_the_connections_alone() -> None:
    connection = lake(INNER.urn, token=secret("t"), later=LATER)
    one = family(connection)

    copy = one.in_copy([(connection, "id-1")])

    assert [each["urn"] for each in copy] == [STACK.urn, PROVIDER.urn, connection.urn]
    assert all(each.get("parent", STACK.urn) == STACK.urn for each in copy)
    stub = copy[-1]
    assert stub["provider"] == f"{PROVIDER.urn}::{copy[1]['id']}"
    assert stub["inputs"]["token"] == secret("t")
    assert "later" not in stub["inputs"]
    assert stub["outputs"] == {**stub["inputs"], "secretConfirmed": False}


def test_one_without_secrets_has_nothing_to_confirm() -> None:
    connection = lake()

    assert "secretConfirmed" not in family(connection).in_copy([(connection, "id-1")])[-1]["outputs"]


def test_the_state_gains_what_is_above_first_and_the_right_parents() -> None:
    connection = lake(INNER.urn)
    one = family(connection)

    gained = one.to_add([refreshed(one, connection)])

    assert [each["urn"] for each in gained] == [STACK.urn, OUTER.urn, INNER.urn, PROVIDER.urn, connection.urn]
    assert [each.get("parent") for each in gained] == [None, STACK.urn, OUTER.urn, OUTER.urn, INNER.urn]
    assert gained[-1]["protect"] is True


def test_the_state_gains_nothing_that_it_has_and_keeps_the_provider_that_is_there() -> None:
    connection = lake()
    there = [{"urn": STACK.urn}, {"urn": OUTER.urn}, {"urn": PROVIDER.urn, "id": "the-old-one"}]
    one = family(connection, *there)

    gained = one.to_add([refreshed(one, connection)])

    assert [each["urn"] for each in gained] == [connection.urn]
    assert gained[0]["provider"] == f"{PROVIDER.urn}::the-old-one"


def test_what_stands_below_a_resource_that_is_not_made_yet_waits_for_it() -> None:
    bucket = Planned(f"{URN}aws:Bucket::b", "aws:Bucket", custom=True, creates=True, inputs={}, parent=STACK.urn)
    connection = lake(bucket.urn)

    assert Family([STACK, bucket, connection, OUTER, PROVIDER], ()).obstacle(connection) == "b"
    assert family(lake(INNER.urn)).obstacle(lake(INNER.urn)) is None


def test_what_was_decrypted_is_known_from_then_on() -> None:
    connection = lake(token={**secret("t"), "ciphertext": "c"}, later=LATER)
    one = family(connection)

    one.decrypt([{"urn": connection.urn, "inputs": {"token": secret(LATER)}}])

    assert one.planned[connection.urn].inputs["later"] == LATER
    assert "token" not in refreshed(one, one.planned[connection.urn])["inputs"]
