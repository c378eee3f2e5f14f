"""Which ends are known, and from where: pure, as the state, the config and the service give them."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest

from adobe_flow.aep.expiries import (
    Expiry,
    build_expiry_row,
    classify_expiries,
    list_recipient_expiries,
    list_token_expiries,
)

TYPE = "pulumi-python:dynamic/adobe:DatabricksSourceConnection"


def resource(name: str, end: Any = None, **changed: Any) -> dict[str, Any]:
    outputs = {"sandboxName": "dev", **({"accessTokenExpiresAt": end} if end is not None else {})}
    return {"urn": f"urn:pulumi:dev::p::{TYPE}::{name}", "type": TYPE, "id": "x", "outputs": outputs, **changed}


def config(**ends: Any) -> dict[str, str]:
    entries = {name: {"name": name, **({"accessTokenExpiresAt": end} if end else {})} for name, end in ends.items()}
    return {"adobe:sandbox": "dev", "flow-connections:connections": json.dumps(entries)}


@pytest.mark.parametrize(
    ("resources", "given", "expected"),
    [
        ([resource("lake", "2026-12-01")], {}, [("lake", "2026-12-01", "state")]),
        ([], config(lake="2026-12-01"), [("lake", "2026-12-01", "config")]),
        ([], config(lake="2026-12-01 00:00:00 +0000 UTC"), [("lake", "2026-12-01", "config")]),
        # What the state has is in use; the config's comes with the next up.
        ([resource("lake", "2026-12-01")], config(lake="2027-12-01"), [("lake", "2026-12-01", "state")]),
        ([resource("lake")], config(lake="2026-12-01"), [("lake", "2026-12-01", "config")]),
        ([resource("lake")], config(lake=None), [("lake", None, "config")]),
        ([resource("lake")], {}, [("lake", None, "state")]),
        ([resource("eu::lake")], config(**{"eu::lake": "2026-12-01"}), [("eu::lake", "2026-12-01", "config")]),
        ([resource("lake", "2026-12-01", external=True), resource("old", "2026-12-01", delete=True)], {}, []),
        ([resource("lake", "2026-12-01", type="pulumi-python:dynamic/adobe:BaseConnection")], {}, []),
        ([], {"flow-connections:connections": "[]", "other:connections": "no json"}, []),
    ],
)
def test_each_token_is_listed_once_and_the_state_takes_precedence_over_the_config(
    resources: list[dict[str, Any]], given: dict[str, str], expected: list[tuple[str, str | None, str]]
) -> None:
    assert [(each.name, each.at, each.origin) for each in list_token_expiries(resources, given, "dev")] == expected


def test_expiries_are_sorted_by_instant_and_not_by_text() -> None:
    ends = [
        Expiry("access token", name, "dev", at, "state")
        for name, at in (("c", "2026-12-02"), ("b", "2026-12-01T01:00+00:00"), ("a", "2026-12-01T02:30+02:00"))
    ]

    assert [each.name for each in classify_expiries(ends).dated] == ["a", "b", "c"]


def test_unreadable_expiry_is_listed_without_its_value() -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:planted"}
    found = classify_expiries(
        [*list_token_expiries([resource("lake", secret), resource("other")], config(bad="planted-no-date"), "dev")]
    )

    assert (found.dated, found.undeclared) == ([], ["other"])
    assert {what for what, _ in found.unknown} == {"access token of lake", "access token of bad"}
    assert "planted" not in str(found)


def test_expiry_row_has_the_days_left_and_whether_they_are_few() -> None:
    now = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
    ends = [Expiry("access token", "lake", "dev", at, "state") for at in ("2026-11-30", "2026-12-15", "2026-12-16")]

    rows = [build_expiry_row(each, now, 14) for each in ends]

    assert [(each["daysLeft"], each["soon"]) for each in rows] == [(-2, True), (13, True), (14, False)]


RECIPIENT = "databricks:index/recipient:Recipient"


def recipient(tokens: Any, **members: Any) -> dict[str, Any]:
    urn = f"urn:pulumi:dev::p::{RECIPIENT}::adobe"
    return {"urn": urn, "type": RECIPIENT, "id": "adobe", "outputs": {"tokens": tokens}, **members}


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([recipient([{"expirationTime": 1796083200000}])], ["2026-12-01T00:00:00Z"]),
        # After a rotation the old token expires first, on purpose.
        (
            [recipient([{"expirationTime": 1796083200000.0}, {"expirationTime": 1798761600000}])],
            ["2027-01-01T00:00:00Z"],
        ),
        ([recipient([])], []),
        ([recipient(None), recipient([{"id": "1"}]), recipient([7])], []),
        ([recipient([{"expirationTime": 1796083200000}], delete=True)], []),
    ],
)
def test_share_recipient_is_listed_with_the_expiry_of_its_newest_token(
    resources: list[dict[str, Any]], expected: list[str]
) -> None:
    assert [end.at for end in list_recipient_expiries(resources)] == expected


@pytest.mark.parametrize(
    "tokens", ["planted-secret", [{"expirationTime": "planted-secret"}], {"4dabf181": "planted-secret"}]
)
def test_share_recipient_with_an_unreadable_expiry_is_reported_without_its_value(tokens: Any) -> None:
    known = classify_expiries(list_recipient_expiries([recipient(tokens)]))

    assert [name for name, _ in known.unknown] == ["share recipient of adobe"]
    assert "planted" not in str(known.unknown)
