"""The state of one emulator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flow_service_emulator.clock import CLOCK
from flow_service_emulator.database import Database
from flow_service_emulator.entities.store import ConnectionStore, EntityStore
from flow_service_emulator.faults import Faults
from flow_service_emulator.journal import Journal
from flow_service_emulator.lake.lake import Lake
from flow_service_emulator.lake.landing_zone import LandingZone
from flow_service_emulator.options import Options
from flow_service_emulator.switches import Switches
from flow_service_emulator.tokens import Tokens
from flow_service_emulator.workspace import scenario
from flow_service_emulator.workspace.scenario import Scenario
from flow_service_emulator.workspace.tables import Workspace

_OTHER_KINDS = ("sourceConnections", "targetConnections", "flows", "runs")


@dataclass
class Emulator:
    """The state behind the routes. One thread runs all handlers, and no handler waits, so none is ever interrupted."""

    options: Options
    database: Database
    stores: dict[str, EntityStore]
    connections: ConnectionStore
    lake: Lake
    landing_zone: LandingZone
    workspace: Workspace
    tokens: Tokens
    journal: Journal
    faults: Faults
    switches: Switches
    scenario_override: Scenario | None = None
    """The scenario that a control path has set; it replaces the workspace's own."""
    resets: int = 0
    """The number of resets; a request that began before a reset is left out of the journal."""

    @classmethod
    def open(cls, options: Options) -> Emulator:
        """Open the data file, with the state that an earlier process has left."""
        database = Database(options.data)
        connections = ConnectionStore(database)
        return cls(
            options=options,
            database=database,
            stores={"connections": connections, **{kind: EntityStore(database, kind) for kind in _OTHER_KINDS}},
            connections=connections,
            lake=Lake(database),
            landing_zone=LandingZone(),
            workspace=Workspace(options.workspace),
            tokens=Tokens(database, options.clients, options.token_lifetime),
            journal=Journal(database),
            faults=Faults(),
            switches=Switches(options.switches),
        )

    @property
    def scenario(self) -> Scenario:
        """State of the sources: clusters, visible tables, permissions."""
        return self.scenario_override or scenario.read_scenario(self.workspace.folder)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Store all changes of one request, or none; an error sets the memory back to the data file."""
        self.database.begin()
        try:
            yield
            self.database.commit()
        except BaseException:
            self.undo_transaction()
            raise

    def undo_transaction(self) -> None:
        """Undo the changes of the current transaction, in the data file and in memory."""
        self.database.roll_back()
        for store in self.stores.values():
            store.load()

    def renew_etag(self, id_: str) -> None:
        """Give an entity, if it exists, a new etag, so that the one that a client has is stale."""
        for store in self.stores.values():
            entity = store.find(id_)
            if entity is not None:
                entity.renew_etag()
                store.save(entity)

    def reset(self) -> None:
        """Return to the state of the first start; the switches are those of this start."""
        self.resets += 1
        for store in self.stores.values():
            store.clear()
        self.lake.clear()
        self.landing_zone.clear()
        CLOCK.reset()
        self.tokens.expire_all()
        self.journal.clear()
        self.faults.clear()
        self.switches.reset()
        self.scenario_override = None
