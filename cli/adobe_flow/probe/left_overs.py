"""The connections that earlier probes have left behind: recognized by name, deleted once a person agrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from adobe_flow.output import format_moment
from adobe_flow.probe.cleanup import delete_probe_connection, find_left_overs, owns_left_over
from adobe_flow.probe.client import ProbeClient
from adobe_flow.problem import Problem

_YOUNG: Final = 900.0
"""Seconds in which a connection may belong to a probe that is still at work."""


@dataclass
class LeftOvers:
    """The connections of earlier probes in one sandbox.

    Attributes:
        client: Sends the requests.
        seconds: The most seconds for one deletion.
        write_line: Tells a person a line.
        now: The time by the service's clock.
    """

    client: ProbeClient
    seconds: float
    write_line: Callable[[str], None]
    now: Callable[[], datetime]

    def find_left_overs_and_print(self) -> list[Mapping[str, Any]]:
        """Return the left-over connections, and print the name of each."""
        left_overs, is_whole = find_left_overs(self.client)
        for entity in left_overs:
            made = format_moment(entity.get("createdAt")) or "at an unknown time"
            self.write_line(f"An earlier probe has left {entity['name']} behind, made {made}.")
        if not is_whole:
            self.write_line("The list of connections could not be read whole: more may be left behind.")
        return left_overs

    def delete(self, left_overs: Sequence[Mapping[str, Any]], *, yes: bool, agree: Callable[[str], bool]) -> int:
        """Delete the left-over connections if the user agrees, and return how many still exist.

        Args:
            left_overs: The connections.
            yes: Whether nobody is asked. Then those of the last minutes stay: their probe may be at work.
            agree: Asks a question, and returns whether the answer is yes.
        """
        chosen = [left_over for left_over in left_overs if not (yes and self._is_recently_created(left_over))]
        if len(chosen) < len(left_overs):
            self.write_line(
                f"{len(left_overs) - len(chosen)} of them may belong to a probe that is still at work, and stay."
            )
        if not chosen or not (yes or agree(f"Delete {len(chosen)} left behind by earlier probes?")):
            return len(left_overs)
        gone = 0
        for entity in chosen:
            if delete_probe_connection(self.client, str(entity["id"]), owns_left_over, self.seconds).is_gone:
                gone += 1
                self.write_line(f"Deleted: {entity['name']}")
            else:
                self.write_line(f"{entity['name']} could not be deleted.")
        return len(left_overs) - gone

    def _is_recently_created(self, entity: Mapping[str, Any]) -> bool:
        at = entity.get("createdAt")
        if not isinstance(at, (int, float)) or isinstance(at, bool):
            return True
        return self.now().timestamp() - at / 1000 < _YOUNG


def require_readable(client: ProbeClient) -> None:
    """Raise `Problem` if a simple list of the sandbox's connections is refused or fails.

    A probe would then take the same refusal, such as that of a sandbox that does not exist, for a measure.
    """
    answer = client.send("GET", "connections")
    if not answer.is_success:
        raise Problem(
            f"The connections of the sandbox cannot be listed: {answer.describe_status()}. Nothing was probed.",
            "adobe-flow doctor says what is wrong.",
        )
