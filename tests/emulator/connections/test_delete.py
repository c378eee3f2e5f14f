"""DELETE /connections/{id}."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.emulator.adobe_client import AdobeClient


def test_it_answers_204_without_a_body(adobe: AdobeClient) -> None:
    answer = adobe.delete(adobe.create()["id"])
    assert (answer.status_code, answer.content) == (204, b"")


def test_then_it_is_gone(adobe: AdobeClient) -> None:
    made = adobe.create()
    adobe.delete(made["id"])
    assert adobe.get(f"/connections/{made['id']}").status_code == 404
    assert adobe.delete(made["id"]).status_code == 404
    assert adobe.names() == []


def test_in_another_sandbox_there_is_nothing_to_delete(adobe: AdobeClient) -> None:
    made = adobe.create()
    answer = adobe.send("DELETE", f"/connections/{made['id']}", headers={"x-sandbox-name": "stage"})
    assert answer.status_code == 404
    assert adobe.names() == ["lake"]


def test_a_slash_at_the_end_changes_nothing(adobe: AdobeClient) -> None:
    assert adobe.delete(f"{adobe.create()['id']}/").status_code == 204
