"""Which existing connection each planned one is: by collection, connection spec and name, or as a person says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adobe_flow.adopting.plan import Planned
from adobe_flow.adopting.wrapped import is_unknown, plain
from adobe_flow.entities import Entity
from adobe_flow.problem import Problem
from adobe_flow.reading import is_readable
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.ownership import read_owner, read_stack
from pulumi_adobe.suggestions import find_similar_names


@dataclass(frozen=True)
class Match:
    """A planned connection and the one that it is."""

    planned: Planned
    entity: Entity

    @property
    def id(self) -> str:
        """The id in Flow Service."""
        return str(self.entity["id"])


@dataclass(frozen=True)
class Left:
    """A planned connection that stays a create, why, and the ids among which a person may choose."""

    planned: Planned
    reason: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What is known beside the plan: ids by resource as a person mapped them, names by id as the stack manages them."""

    mapped: Mapping[str, str]
    managed: Mapping[str, str]


def matched(planned: Planned, there: Sequence[Entity], known: Known) -> Match | Left:
    """What this one is among the connections that are ``there``, in the place of its provider; never a guess."""
    inputs = planned.inputs
    spec = get_member(plain(inputs.get("connectionSpec")), "id")
    wanted = known.mapped.get(planned.name) or known.mapped.get(planned.urn)
    if wanted is not None:
        found = [each for each in there if each.get("id") == wanted]
        if not found:
            return Left(planned, f"there is no connection {wanted} where its provider works")
    elif is_unknown(inputs.get("name")) or not isinstance(plain(inputs.get("name")), str):
        return Left(planned, "its name is known in an update only; say which one it is with --map")
    else:
        name = plain(inputs["name"])
        found = [each for each in there if each.get("name") == name and _spec(each) == spec]
    if not found:
        return Left(planned, "there is none of its name and source")
    if len(found) > 1:
        ids = tuple(str(each.get("id")) for each in found)
        return Left(planned, f"{len(found)} are of its name and source; choose one with --map", ids)
    obstacle = _obstacle(planned, found[0], spec, known)
    return Left(planned, obstacle, (str(found[0].get("id")),)) if obstacle else Match(planned, found[0])


def _spec(entity: Entity) -> Any:
    return get_member(entity, "connectionSpec", "id")


def _obstacle(planned: Planned, entity: Entity, spec: Any, known: Known) -> str | None:
    """What forbids to take it over; Adobe lets nobody change connection spec and auth spec."""
    id_, owner = str(entity.get("id")), read_owner(entity)
    if id_ in known.managed:
        return f"this stack manages it already as {known.managed[id_]}; a renamed resource needs an alias"
    if not is_readable(entity):
        return f"Flow Service shows a part of {id_} in a form that cannot be read"
    if _spec(entity) != spec:
        return f"{id_} is of another source"
    declared, there = plain(planned.inputs.get("authSpec")), get_member(entity, "auth", "specName")
    if declared != there:
        return f"it is declared with {declared}, but authenticates with {there}, which nobody can change"
    if owner and read_stack(owner) != read_stack(str(plain(planned.inputs.get("owner")))):
        return f"its description says that it belongs to {owner}"
    return None


def without_doubles(found: Sequence[Match | Left]) -> Iterator[Match | Left]:
    """The same, but what two resources would take over is left to a person."""
    taken = Counter(each.id for each in found if isinstance(each, Match))
    for each in found:
        if isinstance(each, Match) and taken[each.id] > 1:
            yield Left(each.planned, f"{taken[each.id]} resources declare {each.id}", (each.id,))
        else:
            yield each


def mapping(given: Sequence[str], recorded: Mapping[str, str], planned: Sequence[Planned]) -> dict[str, str]:
    """``resource=id`` texts as ids by resource. Raises Problem: malformed, unknown, or two for one.

    Of the ``recorded`` ones, which an export wrote down, those that are not planned (any more) do not matter.
    """
    names = {name for each in planned for name in (each.name, each.urn)}
    found = {resource: id_ for resource, id_ in recorded.items() if resource in names}
    return found | _given(given, names, planned)


def _given(given: Sequence[str], names: set[str], planned: Sequence[Planned]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        resource, equals, id_ = (part.strip() for part in text.rpartition("="))
        if not (equals and resource and id_):
            raise Problem(f'"{text}" is no mapping.', "Give --map <resource>=<id>, by the program's name of it.")
        if resource not in names:
            raise Problem(f"The plan makes no connection {resource}.", nearest(resource, planned))
        if found.get(resource, id_) != id_ or (resource not in found and id_ in found.values()):
            raise Problem(f"--map gives {resource} and {id_} more than once.", "Map each resource to an id of its own.")
        found[resource] = id_
    return found


def nearest(name: str, planned: Sequence[Planned]) -> str:
    """What may have been meant."""
    names = [each.name for each in planned]
    near = find_similar_names(name, names) or names[:10]
    return f"It makes: {', '.join(near)}." if near else "It makes none that this stack does not manage already."
