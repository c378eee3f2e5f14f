"""State backends on this machine: an S3 server (moto) and Azure Blob (azurite)."""

from __future__ import annotations

import base64
import fcntl
import hmac
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

import boto3  # type: ignore[import-untyped]  # it has no types
import requests

from tests.stack.project import ROOT

AZURITE = "azurite@3.37.0"
_ACCOUNT = "devstoreaccount1"
# Microsoft publishes it for every installation of the emulator: it opens nothing else.
_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
_SECONDS = 60


@dataclass(frozen=True)
class Backend:
    """Where Pulumi keeps its state, and the variables that open it."""

    url: str
    env: dict[str, str]


@contextmanager
def s3(folder: Path) -> Iterator[Backend]:
    """An S3 server with one empty bucket."""
    port = _free_port()
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with _running(command, folder, port):
        client = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{port}",
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        client.create_bucket(Bucket="state")
        options = f"endpoint=127.0.0.1:{port}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1"
        yield Backend(f"s3://state?{options}", keys)


@contextmanager
def azure(folder: Path) -> Iterator[Backend]:
    """An Azure Blob server with one empty container."""
    port = _free_port()
    command = [str(_azurite()), "--skipApiVersionCheck", "--silent", "--inMemoryPersistence", "--blobPort", str(port)]
    env = {"AZURE_STORAGE_ACCOUNT": _ACCOUNT, "AZURE_STORAGE_KEY": _KEY}
    options = f"domain=127.0.0.1:{port}&protocol=http&localemu=true&storage_account={_ACCOUNT}"
    with _running(command, folder, port):
        _make_container(port)
        yield Backend(f"azblob://state?{options}", env)


def has_npm() -> bool:
    """Whether azurite can be had."""
    return shutil.which("npm") is not None


def _azurite() -> Path:
    """Its program, installed once into .tools in one exact version."""
    folder = ROOT / ".tools" / "azurite"
    program = folder / "node_modules" / ".bin" / "azurite-blob"
    folder.mkdir(parents=True, exist_ok=True)
    # Tests run on all cores: one of them installs, the others wait.
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not program.exists():
            install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
            install += ["--prefix", str(folder), AZURITE]
            done = subprocess.run(install, check=False, capture_output=True, text=True)
            # A registry that cannot be reached, or a certificate that npm does not know: npm's own words say which.
            assert done.returncode == 0, done.stderr
    return program


def _make_container(port: int) -> None:
    """Azure: "Create Container", signed with the shared key ("Authorize with Shared Key")."""
    at = formatdate(usegmt=True)
    headers = {"x-ms-date": at, "x-ms-version": "2021-08-06"}
    resource = f"/{_ACCOUNT}/{_ACCOUNT}/state\nrestype:container"
    text = "PUT" + "\n" * 12 + "".join(f"{name}:{value}\n" for name, value in headers.items()) + resource
    signature = base64.b64encode(hmac.digest(base64.b64decode(_KEY), text.encode(), "sha256")).decode()
    response = requests.put(
        f"http://127.0.0.1:{port}/{_ACCOUNT}/state?restype=container",
        headers={**headers, "Authorization": f"SharedKey {_ACCOUNT}:{signature}"},
        timeout=10,
    )
    assert response.status_code == 201, response.text


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    with (
        (folder / "server.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as process,
    ):
        try:
            _wait_for(port, process)
            yield
        finally:
            process.kill()  # All is in memory, and azurite takes a minute to end until its connections are closed.


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(_SECONDS * 10):
        assert process.poll() is None, "the server ended; its log is beside the test's files"
        try:
            requests.get(f"http://127.0.0.1:{port}/", timeout=2)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
