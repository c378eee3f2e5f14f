"""The connection specs: which sources there are, their auth specs, and which parameters these take.

Adobe publishes the JSON Schema of few auth specs; these are made from the tables and examples of the documentation.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any

_PROVIDER_ID = "0ed90a81-07f4-4586-8190-b40eccef1c5a"
_TEXT_OR_NUMBER = frozenset({"port", "maxConcurrentConnections"})
_TEXT_OR_FLAG = frozenset({"enableSsl", "disableChunking", "includeDeletedObjects", "authenticationRequired"})
_SECRET_SOUNDING = re.compile(r"(?i)password|secret|token|credential|passphrase|private|connectionstring|sas|key$")


@cache
def specs() -> dict[str, dict[str, Any]]:
    """All connection specs by id, as ``GET /connectionSpecs/{id}`` shows them."""
    return {entry["connectionSpecId"]: _entity(entry) for entry in _entries()}


def auth_specs(spec_id: str) -> dict[str, dict[str, Any]]:
    """The JSON Schema of the parameters of each auth spec of a connection spec, by the auth spec's name."""
    return {auth["name"]: auth["spec"] for auth in specs()[spec_id]["authSpec"]}


@cache
def is_secret(parameter: str) -> bool:
    """Whether an auth parameter of this name is a secret; one that no spec knows is judged by its sound."""
    secret, plain = _names()
    return parameter in secret or (parameter not in plain and bool(_SECRET_SOUNDING.search(parameter)))


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    parameters = [parameter for entry in _entries() for auth in entry["auth"] for parameter in auth["params"]]
    secret = frozenset(parameter["name"] for parameter in parameters if parameter["secret"])
    return secret, frozenset(parameter["name"] for parameter in parameters) - secret


@cache
def _entries() -> list[dict[str, Any]]:
    text = resources.files("flow_service_emulator").joinpath("data/connection_specs.json").read_text("utf-8")
    entries: list[dict[str, Any]] = json.loads(text)["connectionSpecs"]
    return entries


def _entity(entry: dict[str, Any]) -> dict[str, Any]:
    """Adobe: "Draft mode" shows such an entity; its ``name`` is made here from the documentation's title."""
    return {
        "id": entry["connectionSpecId"],
        "name": re.sub(r"[^a-z0-9]+", "-", entry["name"].lower()).strip("-"),
        "providerId": _PROVIDER_ID,
        "version": entry["version"],
        "authSpec": [_auth_entity(auth) for auth in entry["auth"]],
        "attributes": {
            "category": entry["category"],
            "connectorName": entry["name"],
            "isSource": True,
            "isDraftModeSupported": True,
            "uiAttributes": {"apiFeatures": {"explorePaginationSupported": False}},
        },
        "permissionsInfo": {
            "manage": [{"@type": "lowLevel", "name": "EnterpriseSource", "permissions": ["write"]}],
            "view": [{"@type": "lowLevel", "name": "EnterpriseSource", "permissions": ["read"]}],
        },
    }


def _auth_entity(auth: dict[str, Any]) -> dict[str, Any]:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {parameter["name"]: _property(parameter) for parameter in auth["params"]},
        "required": [parameter["name"] for parameter in auth["params"] if parameter["required"]],
    }
    return {"name": auth["specName"], "type": re.sub(r"[^A-Za-z0-9]+", "", auth["specName"]), "spec": schema}


def _property(parameter: dict[str, Any]) -> dict[str, Any]:
    """Adobe marks secrets with ``"format": "password"``, as its spec of azure-file-storage shows."""
    described = {"description": parameter["description"]}
    if parameter["secret"]:
        return {"type": "string", "format": "password", **described}
    if parameter["name"] in _TEXT_OR_NUMBER:
        return {"type": ["string", "integer"], **described}
    if parameter["name"] in _TEXT_OR_FLAG:
        return {"type": ["string", "boolean"], **described}
    return {"type": "string", **described}
