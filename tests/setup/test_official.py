"""Pulumi's own installer, with a script of ours in its place."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from engine.messages import Problem
from engine.official import install_cli, locate_official_cli
from engine.project import Project

pytestmark = pytest.mark.slow

Serve = Callable[[str], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Answers every request with a script; gives its address."""
    servers: list[HTTPServer] = []

    def start(script: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(script.encode())

            def log_message(self, *_: object) -> None: ...

        servers.append(HTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_installer_gets_our_version_and_our_folder(tmp_path: Path, serve: Serve) -> None:
    project = Project(tmp_path / "my dir")
    script = serve('mkdir -p "$4/bin"; echo "$@" > "$4/bin/pulumi"')

    installed = install_cli(project, script)

    version = locate_official_cli(project).name.removeprefix("official-")
    assert (
        installed.read_text(encoding="utf-8")
        == f"--version {version} --install-root {locate_official_cli(project)} --no-edit-path\n"
    )


@pytest.mark.parametrize("script", ["exit 4", "sleep 60"])
def test_installer_that_fails_or_hangs_is_ended_and_alternatives_are_shown(
    tmp_path: Path, serve: Serve, script: str
) -> None:
    start = time.monotonic()

    with pytest.raises(Problem, match="Leave INSTALLER out"):
        install_cli(Project(tmp_path), serve(script), seconds=0.5)
    assert time.monotonic() - start < 10


def test_unreachable_download_site_is_reported_in_the_same_paragraph(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"own installer failed.*Leave INSTALLER out"):
        install_cli(Project(tmp_path), "http://127.0.0.1:9")
