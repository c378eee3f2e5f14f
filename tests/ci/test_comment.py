"""comment.py against a server that keeps comments as each service does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.ci.pipelines import CI

pytestmark = pytest.mark.slow

MARK = "<!-- adobe-flow report prod -->"
Request = tuple[str, str, dict[str, str], Any]


class Comments:
    """What is asked, and what is answered to a GET, by page."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.pages: list[Any] = []
        self.who: dict[str, Any] = {}
        self.status = 200
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        comments = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                address = urlsplit(self.path)
                content = json.loads(body) if body else None
                comments.asked.append((self.command, address.path, dict(self.headers), content))
                page = int(parse_qs(address.query).get("page", ["1"])[0]) - 1
                answer = comments.pages[page] if self.command == "GET" and page < len(comments.pages) else []
                answer = comments.who.get(address.path, answer)
                text = json.dumps(answer).encode()
                self.send_response(comments.status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = do_PUT = answer  # noqa: N815 - the names that http.server calls

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
                """Log nothing."""

        return Handler

    @property
    def writes(self) -> list[Request]:
        return [request for request in self.asked if request[0] != "GET"]


@pytest.fixture
def comments() -> Iterator[Comments]:
    comments = Comments()
    thread = threading.Thread(target=comments.server.serve_forever)
    thread.start()
    yield comments
    comments.server.shutdown()
    thread.join()
    comments.server.server_close()


def variables(service: str, url: str) -> dict[str, str]:
    return {
        "github": {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": url,
            "GITHUB_REPOSITORY": "acme/flows",
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_TOKEN": "token-of-the-job",
        },
        "gitlab": {
            "GITLAB_CI": "true",
            "CI_API_V4_URL": url,
            "CI_PROJECT_ID": "5",
            "CI_MERGE_REQUEST_IID": "7",
            "COMMENT_TOKEN": "token-of-the-job",
        },
        "azure": {
            "TF_BUILD": "True",
            "SYSTEM_COLLECTIONURI": f"{url}/acme/",
            "SYSTEM_TEAMPROJECTID": "p",
            "BUILD_REPOSITORY_ID": "r",
            "SYSTEM_PULLREQUEST_PULLREQUESTID": "7",
            "SYSTEM_ACCESSTOKEN": "token-of-the-job",
        },
    }[service]


def put(folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    (folder / "plan.md").write_text(f"{MARK}\nnew", encoding="utf-8")
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GITLAB_", "CI_", "TF_"))
    }
    command = [sys.executable, str(CI / "comment.py"), "plan.md"]
    return subprocess.run(command, cwd=folder, env={**clean, **env}, capture_output=True, text=True, check=False)


PLACES = {
    "github": "/repos/acme/flows/issues/7/comments",
    "gitlab": "/projects/5/merge_requests/7/notes",
    "azure": "/acme/p/_apis/git/repositories/r/pullRequests/7/threads",
}
EMPTY: dict[str, list[Any]] = {"github": [], "gitlab": [], "azure": [{"value": []}]}
OURS, THEIRS = "github-actions[bot]", "mallory"
WHO: dict[str, dict[str, Any]] = {
    "github": {},
    "gitlab": {"/user": {"id": OURS}},
    "azure": {"/acme/_apis/connectionData": {"authenticatedUser": {"id": OURS}}},
}


def comment(id_: int, author: str, body: str) -> dict[str, Any]:
    """One comment, with what each service calls its author and its text."""
    return {"id": id_, "body": body, "content": body, "user": {"login": author}, "author": {"id": author}}


def build_answers(service: str, *comments: dict[str, Any]) -> list[Any]:
    """Build the answers of the service with these comments: a page for each, or a thread for each."""
    threads = [{"id": comment["id"], "comments": [{**comment, "id": 1}]} for comment in comments]
    return [{"value": threads}] if service == "azure" else [[comment] for comment in comments]


OTHERS = [comment(1, THEIRS, "hello"), comment(2, OURS, "<!-- adobe-flow report dev -->\nold")]
CHANGED = {
    "github": ("PATCH", "/repos/acme/flows/issues/comments/3"),
    "gitlab": ("PUT", "/projects/5/merge_requests/7/notes/3"),
    "azure": ("PATCH", "/acme/p/_apis/git/repositories/r/pullRequests/7/threads/3/comments/1"),
}


@pytest.mark.parametrize("service", PLACES)
def test_the_first_report_is_a_new_comment(service: str, comments: Comments, tmp_path: Path) -> None:
    comments.pages, comments.who = EMPTY[service], WHO[service]

    process = put(tmp_path, variables(service, comments.url))

    assert process.returncode == 0, process.stderr
    (written,) = comments.writes
    assert written[:2] == ("POST", PLACES[service])
    assert f"{MARK}\\nnew" in json.dumps(written[3])


@pytest.mark.parametrize("service", PLACES)
def test_next_report_replaces_the_comment_of_the_same_stack(service: str, comments: Comments, tmp_path: Path) -> None:
    comments.pages = build_answers(service, *OTHERS, comment(3, OURS, f"{MARK}\r\nold"))
    comments.who = WHO[service]

    process = put(tmp_path, variables(service, comments.url))

    assert process.returncode == 0, process.stderr
    assert [request[:2] for request in comments.writes] == [CHANGED[service]]
    assert all("token-of-the-job" in " ".join(request[2].values()) for request in comments.asked)


@pytest.mark.parametrize("service", PLACES)
def test_comment_of_another_author_is_not_replaced_even_with_our_mark(
    service: str, comments: Comments, tmp_path: Path
) -> None:
    """Else who writes first keeps the report under their own name, or has their words replaced."""
    comments.pages = build_answers(service, comment(3, THEIRS, f"{MARK}\nall is well"))
    comments.who = WHO[service]

    process = put(tmp_path, variables(service, comments.url))

    assert process.returncode == 0, process.stderr
    assert [request[:2] for request in comments.writes] == [("POST", PLACES[service])]


def test_comment_without_an_author_is_not_ours(comments: Comments, tmp_path: Path) -> None:
    comments.pages = [[{**comment(3, OURS, f"{MARK}\nold"), "user": None}]]

    process = put(tmp_path, variables("github", comments.url))

    assert process.returncode == 0, process.stderr
    assert [request[:2] for request in comments.writes] == [("POST", PLACES["github"])]


@pytest.mark.parametrize("service", PLACES)
def test_refusal_of_the_comment_api_is_reported_without_the_token(
    service: str, comments: Comments, tmp_path: Path
) -> None:
    comments.status = 403

    process = put(tmp_path, variables(service, comments.url))

    assert process.returncode == 1
    assert "403" in process.stderr
    assert "Check whether the token may write comments." in process.stderr
    assert "token-of-the-job" not in process.stderr


def test_outside_a_pipeline_the_script_reports_that_it_is_in_none(tmp_path: Path) -> None:
    assert "This is not a pipeline" in put(tmp_path, {}).stderr
