"""A plain HTTP client of Flow Service, without retries or opinions."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from types import TracebackType

BASE = "/data/foundation/flowservice"
ORG, OTHER_ORG = "0123456789ABCDEF01234567@AdobeOrg", "89ABCDEF0123456789ABCDEF@AdobeOrg"
SECRET = "emulator-client-secret"
CLIENT, OTHER_CLIENT = "emulator-client-id", "emulator-other-client-id"
DATABRICKS = "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b"
TOKEN = "dapi-0123456789"

CREDENTIALS = {
    "grant_type": "client_credentials",
    "client_id": CLIENT,
    "client_secret": SECRET,
    "scope": "openid,session",
}
PARAMS = {"domain": "https://acme.example", "clusterId": "c-1", "accessToken": TOKEN, "database": "acme-db"}
LAKE: dict[str, Any] = {
    "name": "lake",
    "description": "the lake",
    "auth": {"specName": "Access Token Authentication", "params": PARAMS},
    "connectionSpec": {"id": DATABRICKS, "version": "1.0"},
}


def lake(**changes: Any) -> dict[str, Any]:
    """The body of a Databricks connection; a change to None takes a field out."""
    return {key: value for key, value in {**copy.deepcopy(LAKE), **changes}.items() if value is not None}


def lake_with(**params: Any) -> dict[str, Any]:
    """The same with other auth parameters; None takes one out."""
    changed = {key: value for key, value in {**PARAMS, **params}.items() if value is not None}
    return lake(auth={"specName": "Access Token Authentication", "params": changed})


def replace(path: str, value: Any) -> list[dict[str, Any]]:
    """A JSON Patch of one operation."""
    return [{"op": "replace", "path": path, "value": value}]


def code_of(answer: requests.Response | dict[str, Any]) -> str:
    """Return the code at the end of an error's type, without Flow Service's prefix; empty where there is none."""
    body = answer if isinstance(answer, dict) else answer.json()
    return str(body.get("type", "")).rpartition("/")[2].removeprefix("FLOW-")


class AdobeClient:
    """Has a token and sends the headers that Adobe asks for; paths are those of Flow Service."""

    def __init__(self, url: str, client_id: str = CLIENT, secret: str = SECRET) -> None:
        self.url = url
        self.session = requests.Session()
        form = {**CREDENTIALS, "client_id": client_id, "client_secret": secret}
        token = self.session.post(f"{url}/ims/token/v3", data=form, timeout=10).json()["access_token"]
        self.token = token
        self.session.headers.update(
            {
                "Authorization": f"Bearer {token}",
                "x-api-key": client_id,
                "x-gw-ims-org-id": ORG,
                "x-sandbox-name": "dev",
            }
        )

    def send(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.session.request(method, f"{self.url}{BASE}{path}", timeout=10, **more)

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.send("GET", path, params=query)

    def post(self, body: Any, **query: Any) -> requests.Response:
        return self.send("POST", "/connections", json=body, params=query)

    def create(self, body: Any = None) -> dict[str, str]:
        answer = self.post(body or lake())
        assert answer.status_code == 201, answer.text
        receipt: dict[str, str] = answer.json()
        return receipt

    def patch(self, connection_id: str, etag: str | None, operations: Any) -> requests.Response:
        headers = {"If-Match": etag} if etag is not None else {}
        return self.send("PATCH", f"/connections/{connection_id}", json=operations, headers=headers)

    def delete(self, connection_id: str) -> requests.Response:
        return self.send("DELETE", f"/connections/{connection_id}")

    def read(self, connection_id: str) -> dict[str, Any]:
        answer = self.get(f"/connections/{connection_id}")
        assert answer.status_code == 200, answer.text
        (item,) = answer.json()["items"]
        shown: dict[str, Any] = item
        return shown

    def names(self, **query: Any) -> list[str]:
        return [item["name"] for item in self.get("/connections", **query).json()["items"]]

    def __enter__(self) -> AdobeClient:  # noqa: PYI034 - Self is not in Python 3.10
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.session.close()
