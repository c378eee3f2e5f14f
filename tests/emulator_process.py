"""The Flow Service emulator as a process of its own, for every test that needs Adobe's side."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType


_READY_SECONDS, _END_SECONDS, _ANSWER_SECONDS = 20, 10, 10


class EmulatorProcess:
    """A running emulator; ``stop`` it, or use it as a context manager. Its stderr goes to a file beside the data."""

    def __init__(self, data: Path, flags: tuple[str, ...], port: int) -> None:
        """Use `start`."""
        self.data = data
        self.port = port
        self._flags = flags
        self._control_session = requests.Session()
        self._control_session.trust_env = False  # the look-up of a proxy costs more than the request
        self._process = self._launch()

    @classmethod
    def start(cls, data: Path, *flags: str, port: int = 0) -> EmulatorProcess:
        """Start one that keeps its state in the file ``data``; port 0 takes a free one."""
        return cls(data, flags, port)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def stop(self) -> int:
        """End it in an orderly way; the exit code."""
        self._process.terminate()
        return self._ended()

    def kill(self) -> None:
        """End it as a crash would."""
        self._process.kill()
        self._ended()

    def restart(self) -> None:
        """End it, if it still runs, and start it again: the same port, the same data, the same flags."""
        if self._process.poll() is None:
            self.stop()
        self._process = self._launch()

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Stop it for a while. No other process gets its port meanwhile: every connection is refused."""
        self.stop()
        with socket.socket() as holder:
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(("127.0.0.1", self.port))
            yield
        self.restart()

    def journal(self) -> list[dict[str, Any]]:
        """Every request since the last clearing, oldest first, secrets as ``sha256:<12 hex>``."""
        entries: list[dict[str, Any]] = self.control("GET", "journal")
        return entries

    def clear_journal(self) -> None:
        """Forget the requests so far."""
        self.control("DELETE", "journal")

    def fault(self, route: str, **fault: Any) -> None:
        """Have something go wrong; see `docs/reference/emulator.md` for what."""
        self.control("POST", "faults", {"route": route, **fault})

    def has_met_all_faults(self) -> bool:
        """Whether nothing is still to go wrong: the request that meets the last one is being answered."""
        return not self.control("GET", "faults")

    def clear_faults(self) -> None:
        """Take back what has not happened yet."""
        self.control("DELETE", "faults")

    def switch(self, **switches: Any) -> None:
        """Set switches, until the next reset or restart."""
        self.control("POST", "switches", switches)

    def set_scenario(self, **scenario: Any) -> None:
        """Set the state of the sources until the next reset; see `docs/reference/emulator.md` for the members."""
        self.control("POST", "scenario", scenario)

    def foreign_edit(self, connection_id: str, patch: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
        """Change a connection, a flow, a source or a target as another person would; gives id and etag."""
        edited: dict[str, Any] = self.control("POST", "foreign-edit", {"id": connection_id, "patch": patch, **more})
        return edited

    def foreign_create(self, **connection: Any) -> dict[str, Any]:
        """Make a connection as another person would, with ``org`` and ``sandbox`` if they matter; gives id and etag."""
        created: dict[str, Any] = self.control("POST", "foreign-create", connection)
        return created

    def foreign_delete(self, connection_id: str) -> None:
        """Delete one of these as another person would, in use or not."""
        self.control("POST", "foreign-delete", {"id": connection_id})

    def connections(self) -> list[dict[str, Any]]:
        """Everything it keeps, of all sandboxes; secrets as the SHA-256 of their values, in hex."""
        kept: list[dict[str, Any]] = self.control("GET", "connections")
        return kept

    def turn_clock(self, seconds: float) -> None:
        """Let time go on; what becomes due is run."""
        self.control("POST", "clock", {"advance": seconds})

    def entities(self) -> dict[str, list[dict[str, Any]]]:
        """Everything kept but connections, by kind."""
        kept: dict[str, list[dict[str, Any]]] = self.control("GET", "entities")
        return kept

    def load(self, entities: dict[str, list[dict[str, Any]]]) -> None:
        """Keep these entities with their ids and etags: `connections` and what `entities` gives, by kind."""
        self.control("POST", "entities", entities)

    def rows(self, dataset: str, **place: str) -> list[dict[str, Any]]:
        """The rows of a dataset, of `dev` unless told otherwise."""
        found: list[dict[str, Any]] = self.control("POST", "rows", {"dataset": dataset, **place})
        return found

    def expire_tokens(self) -> None:
        """End the life of every access token issued so far."""
        self.control("POST", "tokens/expire")

    def reset(self) -> None:
        """Back to nothing kept and nothing going wrong; the switches as on the start."""
        self.control("POST", "reset")

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Ask a control path and give its JSON; an error of its is an ``AssertionError`` with its text."""
        url = f"{self.url}/_emulator/{path}"
        answer = self._control_session.request(method, url, json=body, timeout=_ANSWER_SECONDS)
        assert answer.ok, f"{method} /_emulator/{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def __enter__(self) -> EmulatorProcess:  # noqa: PYI034 - Self is not in Python 3.10
        """Use it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop it."""
        if self._process.poll() is None:
            self.stop()

    def _launch(self) -> subprocess.Popen[str]:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "flow_service_emulator", "--port", str(self.port), "--data", str(self.data)]
        with self.data.with_name(f"{self.data.name}.stderr").open("ab") as stderr:
            process = subprocess.Popen([*command, *self._flags], stdout=subprocess.PIPE, stderr=stderr, text=True)
        self.port = self._announced_port(process)
        return process

    def _announced_port(self, process: subprocess.Popen[str]) -> int:
        """The port of the ready line. One that says nothing in time is ended, which ends the reading of its output."""
        assert process.stdout is not None
        overdue = threading.Timer(_READY_SECONDS, process.kill)
        overdue.start()
        line = process.stdout.readline()
        overdue.cancel()
        if " on http://" in line:
            return int(line.split(" on http://")[1].split()[0].rpartition(":")[2])
        process.kill()
        process.communicate()
        said = self.data.with_name(f"{self.data.name}.stderr").read_text(encoding="utf-8", errors="replace")
        message = f"the emulator did not start: {said[-2000:]}"
        raise RuntimeError(message)

    def _ended(self) -> int:
        self._control_session.close()
        try:
            self._process.communicate(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        return self._process.returncode
