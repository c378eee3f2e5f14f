"""The emulator that all peers use, and its latency."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import requests

from tests.emulator_process import EmulatorProcess

ORG: Final = "0123456789ABCDEF01234567@AdobeOrg"
CLIENT: Final = "emulator-client-id"
SECRET: Final = "emulator-client-secret"  # noqa: S105 - the emulator's made-up one
_SANDBOXES: Final = 300
_ORG: Final = ("--org", f"{ORG}={','.join(f'bench-{number}' for number in range(_SANDBOXES))}")
_SCOPES: Final = "openid,session,AdobeID,read_organizations,additional_info.projectedProductContext"


class Emulator:
    """An emulator with one database; a change of the latency restarts its process."""

    def __init__(self, data: Path) -> None:
        """Start the process; `start_emulator` also stops it."""
        self._data = data
        self.latency = 0
        self._process = EmulatorProcess.start(data, *_ORG)

    @property
    def url(self) -> str:
        """The address, which is the same for all latencies."""
        return self._process.url

    def build_env(self) -> dict[str, str]:
        """Return the settings of the provider for this emulator."""
        return {
            "ADOBE_ENDPOINT": self.url,
            "ADOBE_IMS_ENDPOINT": self.url,
            "ADOBE_ORG_ID": ORG,
            "ADOBE_CLIENT_ID": CLIENT,
            "ADOBE_CLIENT_SECRET": SECRET,
        }

    def get_sandbox(self, number: int) -> str:
        """Return the sandbox of a stack, so that no stack finds the connections of another."""
        return f"bench-{number % _SANDBOXES}"

    def fetch_token(self) -> str:
        """Fetch a token, for peers that fetch none themselves."""
        form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET, "scope": _SCOPES}
        response = requests.post(f"{self.url}/ims/token/v3", data=form, timeout=10)
        response.raise_for_status()
        return str(response.json()["access_token"])

    def set_latency(self, milliseconds: int) -> None:
        """Set the latency of every response by a restart of the emulator; its data is kept."""
        if milliseconds == self.latency:
            return
        port = self._process.port
        self._process.stop()
        self._process = EmulatorProcess.start(self._data, *_ORG, "--latency-ms", str(milliseconds), port=port)
        self.latency = milliseconds

    def clear_journal(self) -> None:
        """Delete all entries of the emulator's journal."""
        self._process.clear_journal()

    def read_journal(self) -> list[dict[str, Any]]:
        """Return all requests since the last `clear_journal`, oldest first."""
        return self._process.journal()

    def stop(self) -> None:
        """Stop the process of the emulator."""
        self._process.stop()


@contextmanager
def start_emulator(folder: Path) -> Iterator[Emulator]:
    """Start an emulator, and stop it at the end of the block."""
    emulator = Emulator(folder / "adobe.sqlite")
    try:
        yield emulator
    finally:
        emulator.stop()
