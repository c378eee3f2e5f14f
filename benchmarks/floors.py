"""A measurement of the same requests without Pulumi: `python -m benchmarks.floors {script,pool} {create,destroy}`.

A plain script sends one request after the other. The other way uses four threads, as many as Pulumi's plugin has.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import requests

_THREADS: Final = 4
_TIMEOUT: Final = 60.0
_ID_FILE: Final = Path("ids.json")
_HEADERS: Final = {
    "Authorization": f"Bearer {os.environ['ADOBE_ACCESS_TOKEN']}",
    "x-api-key": os.environ["ADOBE_CLIENT_ID"],
    "x-gw-ims-org-id": os.environ["ADOBE_ORG_ID"],
    "x-sandbox-name": os.environ["ADOBE_SANDBOX"],
}
_URL: Final = f"{os.environ['ADOBE_ENDPOINT']}/data/foundation/flowservice/connections"


def main(way: str, operation: str) -> None:
    """Create the connections and write their ids into a file, or delete those connections."""
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=_THREADS))
    session.headers.update(_HEADERS)
    if operation == "create":
        _ID_FILE.write_text(
            json.dumps(_call_for_each(way, lambda body: _create_connection(session, body), _build_bodies())), "utf-8"
        )
    else:
        _call_for_each(way, lambda id_: _delete_connection(session, id_), json.loads(_ID_FILE.read_text("utf-8")))


def _call_for_each(way: str, call: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    if way == "script":
        return [call(item) for item in items]
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(call, items))


def _create_connection(session: requests.Session, body: dict[str, Any]) -> str:
    response = session.post(_URL, json=body, timeout=_TIMEOUT)
    response.raise_for_status()
    id_ = str(response.json()["id"])
    session.get(f"{_URL}/{id_}", timeout=_TIMEOUT).raise_for_status()
    return id_


def _delete_connection(session: requests.Session, id_: str) -> None:
    session.delete(f"{_URL}/{id_}", timeout=_TIMEOUT).raise_for_status()


def _build_bodies() -> Iterator[dict[str, Any]]:
    for number in range(int(os.environ["BENCH_CONNECTIONS"])):
        yield {
            "name": f"Databricks connection {number:04}",
            "description": "A Databricks base connection to Experience Platform, first edition",
            "auth": {
                "specName": "Access Token Authentication",
                "params": {
                    "domain": "https://adb-1234567890123456.7.azuredatabricks.net",
                    "clusterId": "0612-200003-abc123",
                    "accessToken": f"dapi-benchmark-{number:04}",
                    "database": "acme-db",
                },
            },
            "connectionSpec": {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"},
        }


if __name__ == "__main__":
    main(*sys.argv[1:])
