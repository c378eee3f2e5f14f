"""GET /connections: pages, order, count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.adobe_client import AdobeClient, code_of, lake

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess


def fill(adobe: AdobeClient, *names: str) -> list[str]:
    return [adobe.create(lake(name=name))["id"] for name in names]


def pages(adobe: AdobeClient, **query: Any) -> list[list[str]]:
    found, path = [], "/connections"
    while True:
        body = adobe.get(path, **query).json()
        found.append([item["name"] for item in body["items"]])
        if "next" not in body["_links"]:
            return found
        path, query = body["_links"]["next"]["href"], {}


def test_list_has_pages_until_there_is_no_next_link(adobe: AdobeClient) -> None:
    fill(adobe, *"abcde")
    assert pages(adobe, limit=2) == [["a", "b"], ["c", "d"], ["e"]]


def test_full_last_page_has_no_next_link(adobe: AdobeClient) -> None:
    fill(adobe, *"ab")
    body = adobe.get("/connections", limit=2).json()
    assert body["_links"] == {}


def test_default_page_has_twenty_entities(adobe: AdobeClient, emulator: EmulatorProcess) -> None:
    for number in range(21):
        emulator.foreign_create(name=f"n{number}", sandbox="dev")
    assert [len(page) for page in pages(adobe)] == [20, 1]


def test_continuation_token_is_the_only_parameter_of_the_next_page(adobe: AdobeClient) -> None:
    fill(adobe, *"ab")
    href = adobe.get("/connections", limit=1).json()["_links"]["next"]["href"]
    path, _, token = href.partition("?continuationToken=")
    assert path == "/connections"
    assert not set(token) & set("=&/+%")


def test_parameters_beside_the_continuation_token_are_accepted(adobe: AdobeClient) -> None:
    """aepp repeats its own."""
    fill(adobe, *"abc")
    href = adobe.get("/connections", limit=1, orderby="-name").json()["_links"]["next"]["href"]
    assert adobe.get(href, limit=2).json()["items"][0]["name"] == "b"


def test_filters_and_order_apply_to_all_pages(adobe: AdobeClient) -> None:
    fill(adobe, *"abc")
    query = {"property": "name==a,c", "orderby": "-name", "limit": 1}
    assert pages(adobe, **query) == [["c"], ["a"]]


def test_deletion_between_two_pages_hides_no_entity(adobe: AdobeClient) -> None:
    ids = fill(adobe, *"abcd")
    href = adobe.get("/connections", limit=2).json()["_links"]["next"]["href"]
    adobe.delete(ids[1])
    assert [item["name"] for item in adobe.get(href).json()["items"]] == ["c", "d"]


def test_entities_of_other_sandboxes_are_not_listed(adobe: AdobeClient, emulator: EmulatorProcess) -> None:
    emulator.foreign_create(name="elsewhere", sandbox="stage")
    assert adobe.names() == []


@pytest.mark.parametrize(
    ("order", "names"), [("name", "abc"), ("+name", "abc"), ("-name", "cba"), ("createdAt", "bca"), ("", "bca")]
)
def test_list_is_sorted_as_requested(adobe: AdobeClient, order: str, names: str) -> None:
    fill(adobe, *"bca")
    assert adobe.names(orderby=order) == list(names)


def test_count_parameter_returns_only_the_number(adobe: AdobeClient) -> None:
    fill(adobe, *"abc")
    assert adobe.get("/connections", count="true").json() == {"count": 3}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"count": "true", "limit": 2}, "1401-400"),
        ({"orderby": "*name"}, "1432-400"),
        ({"orderby": "nothing"}, "1433-400"),
        ({"property": "name"}, "1450-400"),
        ({"property": "nothing==1"}, "1449-400"),
        ({"property": "name=="}, "1452-400"),
        ({"property": "createdAt>1,2"}, "1443-400"),
        ({"start": 1}, "1451-400"),
        ({"limit": 0}, "1453-400"),
        ({"limit": 1001}, "1453-400"),
        ({"limit": "all"}, "1453-400"),
        ({"continuationToken": "nonsense"}, "1453-400"),
    ],
)
def test_invalid_list_query_is_refused(adobe: AdobeClient, query: dict[str, Any], code: str) -> None:
    fill(adobe, "a")
    answer = adobe.get("/connections", **query)
    assert (answer.status_code, code_of(answer)) == (400, code)


@pytest.mark.parametrize(("order", "names"), [("by_field", ["b", "a"]), ("ignored", ["a", "b"])])
def test_list_is_sorted_as_the_switch_selects(
    adobe: AdobeClient, emulator: EmulatorProcess, order: str, names: list[str]
) -> None:
    fill(adobe, *"ab")
    emulator.switch(list_order=order)
    assert pages(adobe, orderby="-name") == [names]


def test_sorted_list_is_refused_if_the_switch_is_on(adobe: AdobeClient, emulator: EmulatorProcess) -> None:
    emulator.switch(list_order="refused")
    assert adobe.get("/connections", orderby="-name").status_code == 400
    assert adobe.get("/connections").status_code == 200


def test_list_item_can_lack_members_that_a_read_by_id_has(adobe: AdobeClient, emulator: EmulatorProcess) -> None:
    (id_,) = fill(adobe, "a")
    emulator.switch(list_items="summary")
    (item,) = adobe.get("/connections").json()["items"]
    (entity,) = adobe.get(f"/connections/{id_}").json()["items"]
    assert entity.keys() - item.keys() == {"auth"}


def test_list_with_a_delay_lacks_a_new_entity_until_the_delay_is_over(
    adobe: AdobeClient, emulator: EmulatorProcess
) -> None:
    (id_,) = fill(adobe, "a")
    emulator.switch(list_lag="60000ms")
    assert pages(adobe) == [[]]
    assert adobe.get(f"/connections/{id_}").status_code == 200
    emulator.turn_clock(60)
    assert pages(adobe) == [["a"]]
