"""DELETE /connections/{id}."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.emulator.adobe_client import AdobeClient


def test_delete_returns_204_without_a_body(adobe: AdobeClient) -> None:
    answer = adobe.delete(adobe.create()["id"])
    assert (answer.status_code, answer.content) == (204, b"")


def test_deleted_connection_is_not_found(adobe: AdobeClient) -> None:
    made = adobe.create()
    adobe.delete(made["id"])
    assert adobe.get(f"/connections/{made['id']}").status_code == 404
    assert adobe.delete(made["id"]).status_code == 404
    assert adobe.names() == []


def test_connection_of_another_sandbox_is_not_deleted(adobe: AdobeClient) -> None:
    made = adobe.create()
    answer = adobe.send("DELETE", f"/connections/{made['id']}", headers={"x-sandbox-name": "stage"})
    assert answer.status_code == 404
    assert adobe.names() == ["lake"]


def test_trailing_slash_in_a_delete_path_is_accepted(adobe: AdobeClient) -> None:
    assert adobe.delete(f"{adobe.create()['id']}/").status_code == 204
