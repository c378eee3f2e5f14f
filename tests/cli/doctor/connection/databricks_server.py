"""A small server in the place of Databricks: one cluster, shown to whoever has the token."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "dapi-planted-for-the-doctor"


@dataclass
class DatabricksServer:
    """What it answers, which a test may change, and which requests it got."""

    url: str = ""
    token: str = TOKEN
    cluster_id: str = "c-1"
    state: Any = "RUNNING"
    spark_conf: Any = field(default_factory=dict)
    status: int = 200
    location: str = ""
    paths: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of somebody who may ask it."""
        return {"DATABRICKS_HOST": self.url, "DATABRICKS_TOKEN": TOKEN}

    def answer(self, path: str, authorization: str) -> tuple[int, dict[str, Any]]:
        """Return status and body for a request."""
        self.paths.append(path)
        if authorization != f"Bearer {self.token}":
            return 403, {"error_code": "PERMISSION_DENIED", "message": f"Invalid access token: {authorization}"}
        address = urlsplit(path)
        if address.path != "/api/2.1/clusters/get" or parse_qs(address.query).get("cluster_id") != [self.cluster_id]:
            return 400, {"error_code": "INVALID_PARAMETER_VALUE", "message": "Cluster does not exist"}
        return self.status, {"cluster_id": self.cluster_id, "state": self.state, "spark_conf": self.spark_conf}


@contextmanager
def start_databricks_server(**state: Any) -> Iterator[DatabricksServer]:
    """Start one on a free port."""
    databricks = DatabricksServer(**state)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = databricks.answer(self.path, self.headers.get("Authorization", ""))
            self.send_response(status)
            if databricks.location:
                self.send_header("Location", databricks.location)
            content = json.dumps(body).encode()
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        databricks.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield databricks
        server.shutdown()
        thread.join()
