"""All that one emulator keeps."""

from __future__ import annotations

from dataclasses import dataclass

from flow_service_emulator.connections.store import ConnectionStore
from flow_service_emulator.database import Database
from flow_service_emulator.faults import Faults
from flow_service_emulator.journal import Journal
from flow_service_emulator.options import Options
from flow_service_emulator.switches import Switches
from flow_service_emulator.tokens import Tokens


@dataclass
class Emulator:
    """The state behind the routes. All runs on one thread, and no handler waits: none is ever interrupted."""

    options: Options
    database: Database
    connections: ConnectionStore
    tokens: Tokens
    journal: Journal
    faults: Faults
    switches: Switches

    @classmethod
    def open(cls, options: Options) -> Emulator:
        """Take up the data file where the last process left it."""
        database = Database(options.data)
        return cls(
            options=options,
            database=database,
            connections=ConnectionStore(database),
            tokens=Tokens(database, options.clients, options.token_lifetime),
            journal=Journal(database),
            faults=Faults(),
            switches=Switches(options.switches),
        )

    def reset(self) -> None:
        """As on the first start; the switches as on this one."""
        self.connections.clear()
        self.tokens.expire()
        self.journal.clear()
        self.faults.clear()
        self.switches.reset()
