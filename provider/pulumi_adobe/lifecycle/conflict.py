"""Whether a refused etag matters: decides, from what is there now, what becomes of our PATCH."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pulumi_adobe.declaration import Declaration
from pulumi_adobe.lifecycle.difference import Difference
from pulumi_adobe.lifecycle.entity import changed_outside, shown
from pulumi_adobe.lifecycle.errors import ChangedElsewhere


class Verdict(Enum):
    """What to do after a 412."""

    DONE = "what is there is what we want: take its etag"
    AGAIN = "send once more, under the new etag"
    CONFLICT = "somebody changed the same thing: a person must decide"


@dataclass(frozen=True)
class Meeting:
    """Three sides of one connection: what this stack last saw, what it wants, and what is there now."""

    declaration: Declaration
    base: Mapping[str, Any]
    mine: Mapping[str, Any]
    entity: Mapping[str, Any]
    our_client: str

    @property
    def theirs(self) -> Mapping[str, Any]:
        """What is there now, under the names of the state, without secrets."""
        return shown(self.declaration, self.entity)

    @property
    def fields(self) -> Sequence[str]:
        """The fields that this stack manages and that Flow Service shows."""
        fields = self.declaration.fields
        return [field.name for field in fields if field.path and not (field.secret or field.replaces)]

    @property
    def moved(self) -> bool:
        """Whether something that this stack manages and that Flow Service shows is not what this stack last saw."""
        theirs = self.theirs
        return any(theirs.get(name) != self.base.get(name) for name in self.fields)

    @property
    def overtaken(self) -> bool:
        """Whether somebody else wrote since this stack last saw it, be it only a secret, which nobody can see."""
        if self.base.get("etag") in (None, self.entity.get("etag")):
            return False
        # Without a state it was never seen ready: the etag is that of the POST, and getting ready may change it.
        return self.moved or not (self.last_written_by_us or "state" not in self.base)

    @property
    def last_written_by_us(self) -> bool:
        """Whether the last change came with our client id."""
        return self.entity.get("updatedClient") == self.our_client


def judge(meeting: Meeting, found: Difference, *, listed: bool) -> Verdict:
    """What to do; ``found`` is the update that was refused.

    ``listed``: the etag that was refused came from a list page, which may be older than our own last write.
    """
    theirs = meeting.theirs
    if all(theirs.get(name) == meeting.mine.get(name) for name in meeting.fields):
        if meeting.last_written_by_us:
            # Our own PATCH, whose answer was lost. A secret cannot be compared, so it is sent again.
            return Verdict.AGAIN if found.secrets else Verdict.DONE
        return Verdict.CONFLICT if found.secrets else Verdict.DONE
    merely_old = listed and meeting.last_written_by_us
    if not meeting.moved and (merely_old or not found.changes_authentication):
        return Verdict.AGAIN
    return Verdict.CONFLICT


def changed_elsewhere(meeting: Meeting, found: Difference, named: str) -> ChangedElsewhere:
    """The error that shows mine, theirs and base, field by field; no secret."""
    lines = [f"{changed_outside(named, meeting.entity)}. Nothing was changed now."]
    for name in meeting.fields:
        base, mine, theirs = (side.get(name) for side in (meeting.base, meeting.mine, meeting.theirs))
        if not base == mine == theirs:
            seen = f"this stack last saw {_said(base)}, it declares {_said(mine)}"
            lines.append(f"  {name}: {seen}; there it is {_said(theirs)}")
    if found.changes_authentication and not meeting.last_written_by_us:
        lines.append("  The update would send a secret too, which may have been rotated elsewhere: it is not shown.")
    return ChangedElsewhere(
        "\n".join(lines),
        "To have what is declared: `pulumi refresh`, then `pulumi up`. To keep what is there: change the program.",
    )


def _said(value: object) -> str:
    return "nothing" if value is None else f'"{value}"'
