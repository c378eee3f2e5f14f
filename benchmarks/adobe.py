"""The emulator that all peers talk to, and its latency."""

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


class Adobe:
    """One emulator's file; the process is started anew where the latency is to be another."""

    def __init__(self, data: Path) -> None:
        """Use `running`."""
        self._data = data
        self.latency = 0
        self._process = EmulatorProcess.start(data, *_ORG)

    @property
    def url(self) -> str:
        """Its address, the same for all latencies."""
        return self._process.url

    def env(self) -> dict[str, str]:
        """The settings that lead there."""
        return {
            "ADOBE_ENDPOINT": self.url,
            "ADOBE_IMS_ENDPOINT": self.url,
            "ADOBE_ORG_ID": ORG,
            "ADOBE_CLIENT_ID": CLIENT,
            "ADOBE_CLIENT_SECRET": SECRET,
        }

    def sandbox(self, number: int) -> str:
        """A sandbox of its own for each stack, so that none finds the connections of another."""
        return f"bench-{number % _SANDBOXES}"

    def token(self) -> str:
        """A token, for peers that fetch none themselves."""
        form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET, "scope": _SCOPES}
        answer = requests.post(f"{self.url}/ims/token/v3", data=form, timeout=10)
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def set_latency(self, milliseconds: int) -> None:
        """Have every answer take at least so long from now on; what is kept stays."""
        if milliseconds == self.latency:
            return
        port = self._process.port
        self._process.stop()
        self._process = EmulatorProcess.start(self._data, *_ORG, "--latency-ms", str(milliseconds), port=port)
        self.latency = milliseconds

    def clear_journal(self) -> None:
        """Forget the requests so far."""
        self._process.clear_journal()

    def journal(self) -> list[dict[str, Any]]:
        """Every request since then, oldest first."""
        return self._process.journal()

    def stop(self) -> None:
        """End it."""
        self._process.stop()


@contextmanager
def running(folder: Path) -> Iterator[Adobe]:
    """An emulator for as long as it is needed."""
    adobe = Adobe(folder / "adobe.sqlite")
    try:
        yield adobe
    finally:
        adobe.stop()
