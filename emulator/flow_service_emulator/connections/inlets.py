"""The addresses to which data is streamed.

Adobe: http.md for those of base connections to the HTTP API, lava.md for those of dataflows from webhooks. The
emulator serves nothing there.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

_COLLECTION: Final = "https://dcs.adobedc.net/collection"


def build_inlet_url(id_: str) -> str:
    """Return the address to which data for a dataflow or a connection is streamed, the same one for the same id."""
    return f"{_COLLECTION}/{_build_inlet_id(id_)}"


def build_inlet_params(id_: str, name: str) -> dict[str, Any]:
    """Return the auth parameters that the service adds to a connection to the HTTP API."""
    return {
        "inletUrl": build_inlet_url(id_),
        "inletId": _build_inlet_id(id_),
        "sourceId": name,
        "name": name,
        "authenticationRequired": False,
    }


def _build_inlet_id(id_: str) -> str:
    return hashlib.sha256(id_.encode()).hexdigest()
