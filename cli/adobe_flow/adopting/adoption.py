"""Finds out what an adoption would come to, by working on a copy: nothing of the stack or the service is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.adopting.matching import Known, Left, Match, mapping, matched, nearest, without_doubles
from adobe_flow.adopting.places import Places, undecided
from adobe_flow.adopting.plan import Planned, plan_of, require_whole
from adobe_flow.adopting.state_copy import StateCopy, copied
from adobe_flow.adopting.stubs import UNMATCHED, Family
from adobe_flow.adopting.wrapped import differing, unknown_names
from adobe_flow.managed import managed, read_resources
from adobe_flow.problem import Problem
from adobe_flow.stack import Stack
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED

_REPLACING = ("connectionSpec", "authSpec")


@dataclass(frozen=True)
class Adopted:
    """A connection as the provider read it into the copy, and the declared properties that differ from it.

    ``later`` are those that only an update will know, because they are outputs of what is not made yet.
    """

    match: Match
    sandbox: str
    resource: Mapping[str, Any] = field(repr=False)
    differs: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the next update would change it."""
        return bool(self.differs or self.later)


@dataclass(frozen=True)
class Adoption:
    """What would be taken over, what stays a create, the state it began with, and the resources that state gains."""

    adopted: Sequence[Adopted]
    left: Sequence[Left]
    before: Mapping[str, Any] = field(repr=False)
    gained: Sequence[Mapping[str, Any]] = field(repr=False)


@dataclass(frozen=True)
class Wanted:
    """What a person says: ``given`` mappings, ``recorded`` ones, and the resources that are meant, if not all."""

    given: Sequence[str] = ()
    recorded: Mapping[str, str] = field(default_factory=dict)
    only: Sequence[str] = ()


def prepared(stack: Stack, asked: Wanted, say: Callable[[str], None]) -> Adoption:
    """Work the adoption out."""
    say("Reading what the program declares (pulumi preview)")
    before = stack.export()
    planned = plan_of(stack)
    wanted = _wanted([each for each in planned if each.adoptable], asked.only)
    mapped = mapping(asked.given, asked.recorded, wanted)
    if not wanted:
        return Adoption((), (), before, ())
    require_whole(planned)
    resources = read_resources(before, f"The state of {stack.name}")
    family = Family(planned, resources)
    with copied(stack, family.stack_urn, before) as copy:
        search = _Search(family, copy, Places(stack.environment), Known(mapped, managed(resources)))
        say(f"Looking in Flow Service for what it declares: {len(wanted)}")
        found = list(without_doubles(list(search.among(wanted))))
        matches = [each for each in found if isinstance(each, Match)]
        left = [each for each in found if isinstance(each, Left)]
        if matches:
            say(f"Reading what is there into a copy of the state (pulumi refresh): {len(matches)}")
        judged = list(search.read(matches))
    adopted = [each for each in judged if isinstance(each, Adopted)]
    left += [each for each in judged if isinstance(each, Left)]
    adopted.sort(key=lambda each: each.match.planned.name)
    return Adoption(adopted, left, before, family.to_add(each.resource for each in adopted))


def _wanted(adoptable: Sequence[Planned], only: Sequence[str]) -> list[Planned]:
    names = {name for each in adoptable for name in (each.name, each.urn)}
    for name in only:
        if name not in names:
            raise Problem(f"The plan makes no connection {name}.", nearest(name, adoptable))
    return [each for each in adoptable if not only or each.name in only or each.urn in only]


@dataclass
class _Search:
    """Looks for what is planned, by a copy of the state that decrypts it and that the provider reads into."""

    family: Family
    copy: StateCopy
    places: Places
    known: Known
    sandboxes: dict[str, str] = field(default_factory=dict)

    def among(self, wanted: Sequence[Planned]) -> Iterator[Match | Left]:
        """What each is, its inputs decrypted."""
        self.copy.put(self.family.in_copy((each, UNMATCHED) for each in wanted))
        self.family.decrypt(self.copy.resources())
        for planned in (self.family.planned[each.urn] for each in wanted):
            blocked = self._blocked(planned)
            if blocked:
                yield Left(planned, blocked)
                continue
            provider = self.family.planned[planned.provider or ""]
            self.sandboxes[planned.urn], there = self.places.there(provider.inputs)
            yield matched(planned, there, self.known)

    def _blocked(self, planned: Planned) -> str | None:
        above = self.family.obstacle(planned)
        if above:
            return f"it stands below {above}, which has to be made first"
        return undecided(self.family.planned[planned.provider or ""].inputs)

    def read(self, matches: Sequence[Match]) -> Iterator[Adopted | Left]:
        """Have the provider read what was matched, and compare it with what is declared."""
        if not matches:
            return
        self.copy.put(self.family.in_copy((each.planned, each.id) for each in matches))
        self.copy.refresh()
        after = {each["urn"]: each for each in self.copy.resources()}
        for each in matches:
            yield _judged(each, after.get(each.planned.urn), self.sandboxes[each.planned.urn])


def _judged(match: Match, read: Mapping[str, Any] | None, sandbox: str) -> Adopted | Left:
    if read is None or "etag" not in (read.get("outputs") or {}):
        return Left(match.planned, f"{match.id} was gone, or had no version yet, when it was read", (match.id,))
    differs = tuple(differing(read.get("inputs") or {}, match.planned.inputs))
    replacing = [name for name in differs if name.partition(".")[0] in _REPLACING]
    if replacing:
        return Left(match.planned, f"its {', '.join(replacing)} differs, so it would be replaced", (match.id,))
    return Adopted(match, sandbox, read, differs, tuple(unknown_names(match.planned.inputs)))


def as_result(adoption: Adoption) -> dict[str, Any]:
    """The plan as JSON, secrets by their names alone."""
    return {"connections": list(map(_adopted, adoption.adopted)), "left": list(map(_left, adoption.left))}


def _adopted(each: Adopted) -> dict[str, Any]:
    planned, outputs = each.match.planned, each.resource["outputs"]
    return {
        "resource": planned.name,
        "urn": planned.urn,
        "id": each.match.id,
        "name": each.match.entity.get("name"),
        "sandbox": each.sandbox,
        "differs": list(each.differs),
        "later": list(each.later),
        "secretConfirmed": outputs.get(SECRET_CONFIRMED),
    }


def _left(each: Left) -> dict[str, Any]:
    return {
        "resource": each.planned.name,
        "urn": each.planned.urn,
        "reason": each.reason,
        "candidates": list(each.ids),
    }


def unsent(resources: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The resources of a state whose secrets were adopted and never sent."""
    return (each for each in resources if (each.get("outputs") or {}).get(SECRET_CONFIRMED) is False)
