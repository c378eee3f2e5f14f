"""A morning at ACME: connections in several sandboxes, a dataflow that ran, refused requests, a fault that waits."""

from __future__ import annotations

from dataclasses import dataclass

from tests.emulator.adobe_client import OTHER_ORG, AdobeClient, lake, lake_with, replace
from tests.emulator.dataflows.way import Way
from tests.emulator_process import EmulatorProcess

SECRETS = ("dapi-first-5c1e", "dapi-second-77aa", "snow-pass-91f0")
_SNOWFLAKE = "b2e08744-4f1a-40ce-af30-7abac3e23cf3"
_DAY = 86_400


@dataclass(frozen=True)
class Story:
    """The ids of what there is to look at."""

    orders: str
    flow: str
    deleted: str


def tell(emulator: EmulatorProcess) -> Story:
    """Fill an emulator that is empty."""
    with AdobeClient(emulator.url) as adobe:
        way = Way(adobe)
        orders = adobe.create(
            {**lake_with(accessToken=SECRETS[0], clusterId="0612-200003-abc123"), "name": "Orders lake"}
        )
        _change(adobe, orders)
        deleted = adobe.create(lake(name="Trial"))["id"]
        adobe.delete(deleted)
        emulator.foreign_create(
            name="Warehouse", sandbox="prod", description="Made in the user interface",
            auth={"specName": "Basic Authentication", "params": {"host": "acme.example", "password": SECRETS[2]}},
            connectionSpec={"id": _SNOWFLAKE, "version": "1.0"},
        )  # fmt: skip
        emulator.foreign_create(**lake(name="Lake of the other region"), org=OTHER_ORG, sandbox="dev", state="failed")
        flow = way.made("/flows", way.flow(name="Orders, every day"))
        emulator.turn_clock(120)
        emulator.foreign_edit(way.base, replace("/auth/params/accessToken", "revoked"))
        emulator.turn_clock(_DAY)
        way.runs(flow)
    emulator.fault("POST /connections", status=503, headers={"Retry-After": "1"})
    emulator.fault("PATCH /connections/{id}", staleEtag=True, nth=2)
    return Story(orders["id"], flow, deleted)


def _change(adobe: AdobeClient, made: dict[str, str]) -> None:
    """One update, one of a stale etag, a rotated token, and somebody else's edit."""
    adobe.patch(made["id"], made["etag"], replace("/auth/params/clusterId", "0714-091500-def456"))
    assert adobe.patch(made["id"], made["etag"], replace("/name", "n")).status_code == 412
    etag = adobe.read(made["id"])["etag"]
    adobe.patch(made["id"], etag, replace("/auth/params/accessToken", SECRETS[1]))
