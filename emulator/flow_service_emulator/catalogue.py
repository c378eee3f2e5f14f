"""The connection specs of all sources, with their auth specs and the parameters of these.

Adobe publishes the JSON Schema of few auth specs; these are made from the tables and examples of the documentation.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any

PROVIDER_ID = "0ed90a81-07f4-4586-8190-b40eccef1c5a"
STREAMING_PROVIDER_ID = "521eee4d-8cbe-4906-bb48-fb6bd4450033"
"""The `providerId` of streams (kinesis.md, lava.md)."""
SNOWFLAKE_STREAMING = "51ae16c2-bdad-42fd-9fce-8d5dfddaf140"
EVENT_HUBS = "bf9f5905-92b7-48bf-bf20-455bc6b60a4e"
KINESIS = "86043421-563b-46ec-8e6c-e23184711bf6"
PUBSUB = "70116022-a743-464a-bbfe-e226a7f8210c"
HTTP_API = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
LANDING_ZONE = "26f526f2-58f4-4712-961d-e41bf1ccc0e8"
"""The Data Landing Zone as a source: the storage is Adobe's own, so it has no base connection (code 1332).

The other sources without one are webhooks: the sending systems need an address, but Adobe needs no credentials.
"""
REST_TO_LAKE = "6499120c-0b15-42dc-936e-847ea3c24d72"
"""The flow spec RestStorageToAEP: its sources are explored as records."""
LAKE_SPEC = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
"""The connection spec of the data lake as a target, the only one that sources may have (code 1307)."""
_NAMES = {
    "b3ba5556-48be-44b7-8b85-ff2b69b46dc4": "adls-gen2",
    "3416976c-a9ca-4bba-901a-1f08f66978ff": "amazon-redshift",
    "ecadc60c-7455-4d87-84dc-2a0e293d997b": "amazon-s3",
    "4c10e202-c428-4796-9208-5f1f5732b1cf": "azure-blob",
    "be5ec48c-5b78-49d5-b8fa-7c89ec4569b8": "azure-file-storage",
    "38ad80fe-8b06-4938-94f4-d4ee80266b07": "dynamics-online",
    "d771e9c1-4f26-40dc-8617-ce58c4b53702": "google-adwords",
    "3c9b37f8-13a6-43d8-bad3-b863b941fedd": "google-big-query",
    "32e8f412-cdf7-464c-9885-78184cb113fd": "google-cloud",
    "cc6a4487-9e91-433e-a3a3-9cf6626c1806": "hubspot",
    "3000eb99-cd47-43f3-827c-43caf170f015": "maria-db",
    "26d738e0-8963-47ea-aadf-c60de735468a": "mysql",
    "74a1c565-4e59-48d7-9d67-7c03b8a13137": "postgre-sql",
    "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5": "salesforce",
    "cb66ab34-8619-49cb-96d1-39b37ede86ea": "salesforce-service-cloud",
    "eb13cb25-47ab-407f-ba89-c0125281c563": "service-now",
    "1f372ff9-38a4-4492-96f5-b9a4e4bd00ec": "sql-server",
}
"""The names by which Adobe's pages of 2020 look these specs up (`GET /connectionSpecs?property=name=="adls-gen2"`), in
help/sources/tutorials/api/create; current pages still use google-big-query and azure-file-storage."""
_TEXT_OR_NUMBER = frozenset({"port", "maxConcurrentConnections"})
_TEXT_OR_FLAG = frozenset({"enableSsl", "disableChunking", "includeDeletedObjects", "authenticationRequired"})
_SECRET_NAME = re.compile(r"(?i)password|secret|token|credential|passphrase|private|connectionstring|sas|key$")


@cache
def get_base_specs() -> dict[str, dict[str, Any]]:
    """Return the connection specs of base connections by id, as `GET /connectionSpecs/{id}` shows them."""
    return {
        entry["connectionSpecId"]: _build_spec(entry) for entry in _read_entries() if entry.get("baseConnection", True)
    }


@cache
def get_source_specs() -> dict[str, dict[str, Any]]:
    """Return the connection specs of all sources by id, also of those that have no base connection."""
    return {entry["connectionSpecId"]: _build_spec(entry) for entry in _read_entries()}


@cache
def get_all_specs() -> dict[str, dict[str, Any]]:
    """Return the connection specs of all sources and of the data lake as a target, by id."""
    lake = {"connectionSpecId": LAKE_SPEC, "name": "Data Lake", "category": "data-lake", "version": "1.0", "auth": []}
    spec = _build_spec(lake)
    spec["attributes"]["isSource"] = False
    return get_source_specs() | {spec["id"]: spec}


def list_sources_of_flow_spec(flow_spec_id: str) -> list[str]:
    """Return the ids of the connection specs that dataflows of a flow spec read from."""
    return [entry["connectionSpecId"] for entry in _read_entries() if flow_spec_id in entry["flowSpecIds"]]


def get_auth_specs(spec_id: str) -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of the parameters of each auth spec of a connection spec, by the auth spec's name."""
    return {auth["name"]: auth["spec"] for auth in get_base_specs()[spec_id]["authSpec"]}


@cache
def is_secret(parameter: str) -> bool:
    """Return whether an auth parameter is a secret; the name decides if no spec has the parameter."""
    secret, plain = _list_parameters()
    return parameter in secret or (parameter not in plain and bool(_SECRET_NAME.search(parameter)))


@cache
def _list_parameters() -> tuple[frozenset[str], frozenset[str]]:
    parameters = [parameter for entry in _read_entries() for auth in entry["auth"] for parameter in auth["params"]]
    secret = frozenset(parameter["name"] for parameter in parameters if parameter["secret"])
    return secret, frozenset(parameter["name"] for parameter in parameters) - secret


@cache
def _read_entries() -> list[dict[str, Any]]:
    text = resources.files("flow_service_emulator").joinpath("data/connection_specs.json").read_text("utf-8")
    entries: list[dict[str, Any]] = json.loads(text)["connectionSpecs"]
    return entries


def _build_spec(entry: dict[str, Any]) -> dict[str, Any]:
    """Return a spec in the form of "Draft mode"; a name that no page prints is made from the source's title."""
    return {
        "id": entry["connectionSpecId"],
        "name": _NAMES.get(entry["connectionSpecId"]) or re.sub(r"[^a-z0-9]+", "-", entry["name"].lower()).strip("-"),
        "providerId": PROVIDER_ID,
        "version": entry["version"],
        "authSpec": [_build_auth_spec(auth) for auth in entry["auth"]],
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


def _build_auth_spec(auth: dict[str, Any]) -> dict[str, Any]:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {parameter["name"]: _build_property(parameter) for parameter in auth["params"]},
        "required": [parameter["name"] for parameter in auth["params"] if parameter["required"]],
    }
    return {"name": auth["specName"], "type": re.sub(r"[^A-Za-z0-9]+", "", auth["specName"]), "spec": schema}


def _build_property(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a parameter; a secret has `"format": "password"`, as for azure-file-storage."""
    described = {"description": parameter["description"]}
    if parameter["secret"]:
        return {"type": "string", "format": "password", **described}
    if parameter["name"] in _TEXT_OR_NUMBER:
        return {"type": ["string", "integer"], **described}
    if parameter["name"] in _TEXT_OR_FLAG:
        return {"type": ["string", "boolean"], **described}
    return {"type": "string", **described}
