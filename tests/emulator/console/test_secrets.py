"""No secret on any page, and no markup out of anybody's names."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_service_emulator.console.masking import mask_headers, mask_json
from tests.emulator.adobe_client import ORG, SECRET, TOKEN, AdobeClient, lake, lake_with, replace
from tests.emulator.console.console_client import Console
from tests.emulator.console.story import SECRETS, tell
from tests.emulator.dataflows.way import DATASET, Way, mapping_set
from tests.emulator_process import EmulatorProcess

PLANTED = "s3cr3t-planted"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}"


def all_pages(console: Console) -> str:
    """Every page that a link leads to, as it is and as its live part."""
    paths = console.everywhere()
    return "\n".join(console.ask(path, **{"X-Console-Part": part}).text for path in paths for part in ("", "live"))


@pytest.mark.parametrize(
    "style", ["masked", pytest.param("absent", marks=pytest.mark.slow), pytest.param("empty", marks=pytest.mark.slow)]
)
def test_no_page_shows_a_secret_however_it_was_stored(
    emulator: EmulatorProcess, adobe: AdobeClient, console: Console, style: str
) -> None:
    tell(emulator)
    emulator.clear_faults()
    emulator.switch(secrets=style)
    nested = {"password": PLANTED, "list": [{"clientSecret": PLANTED}]}
    made = adobe.create(lake_with(accessToken=PLANTED, nested=nested))
    adobe.patch(made["id"], made["etag"], replace("/auth/params/accessToken", f"{PLANTED}-2"))
    emulator.foreign_edit(made["id"], replace("/auth", {"params": {"password": PLANTED, "deep": {"token": PLANTED}}}))
    adobe.send("GET", "/connections", headers={"Cookie": f"session={PLANTED}", "Proxy-Authorization": PLANTED})
    adobe.get("/connections", access_token=PLANTED)
    emulator.fault("GET /flows", status=503, headers={"X-Secret": PLANTED}, body={"password": PLANTED})
    emulator.fault("GET /flows", status=503, rawBody=f"<p>{PLANTED}</p>")

    pages = all_pages(console)

    assert made["id"] in pages
    for secret in (PLANTED, TOKEN, SECRET, adobe.token, *SECRETS):
        assert secret not in pages


def test_what_a_run_wrote_under_a_secret_name_is_not_shown(
    emulator: EmulatorProcess, adobe: AdobeClient, console: Console
) -> None:
    way = Way(adobe)
    composed = {"title": "Composed", "allOf": [{"$ref": "https://ns.adobe.com/xdm/context/profile"}]}
    schema = way.neighbour("POST", "/schemaregistry/tenant/schemas", json=composed).json()["$id"]
    mapping = {**mapping_set(order_id="_acme.accessToken", ordered_at="timestamp"), "xdmSchema": schema}
    way.mapping = way.neighbour("POST", "/conversion/mappingSets", json=mapping).json()["id"]
    way.made("/flows", way.flow())
    emulator.turn_clock(120)
    (first, *_) = emulator.rows(DATASET)
    assert first["_acme"]["accessToken"] == "O-5001"

    page = console.page(f"/console/datasets/{DATASET}?{urlencode({'org': ORG, 'sandbox': 'dev'})}")

    assert "_acme.accessToken" in page
    assert "O-5001" not in page


@given(st.recursive(st.just(PLANTED), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_nested_value_under_a_secret_name_is_hidden(value: Any) -> None:
    assert PLANTED not in str(mask_json({"auth": [{"params": {"password": value}}]}))


def test_value_that_is_not_secret_is_shown_unchanged() -> None:
    body = {"name": "n", "params": {"clusterId": "c", "accessToken": "sha256:0123456789ab"}, "list": [1, None]}
    assert mask_json(body) == body
    assert mask_headers({"x-api-key": "me", "cookie": "a=b"}) == {"x-api-key": "me", "cookie": "********"}


def test_name_is_shown_as_text_and_never_as_markup(
    emulator: EmulatorProcess, adobe: AdobeClient, console: Console
) -> None:
    made = adobe.create(lake_with(clusterId=MARKUP) | {"name": MARKUP, "description": MARKUP})
    adobe.patch(made["id"], made["etag"], replace("/name", f"{MARKUP}2"))
    adobe.send("GET", f"/connections/{MARKUP}", headers={"x-sandbox-name": MARKUP, "x-api-key": MARKUP})
    emulator.foreign_create(name=MARKUP, sandbox=MARKUP, client=MARKUP, state=MARKUP, connectionSpec={"id": MARKUP})
    emulator.fault("GET /connections", status=503, headers={MARKUP: MARKUP}, rawBody=MARKUP)
    console.send("/console/faults", path=MARKUP)

    pages = all_pages(console) + console.ask(f"/?text={MARKUP}").text + console.ask(f"/console/{MARKUP}").text

    assert "&lt;script&gt;alert(1)" in pages
    assert "<script>" not in pages
    assert "<img" not in pages
    assert "{{7*7}}" in pages


def test_refused_form_shows_the_entered_values_as_text(console: Console) -> None:
    answer = console.send("/console/faults", path=MARKUP, status=MARKUP)
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert lake()["name"] not in answer.text
