"""Sends the secrets that were adopted: an ordinary `pulumi up` of the connections concerned, shown first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adobe_flow.adopting.adoption import unsent
from adobe_flow.adopting.said import failed
from adobe_flow.managed import resource_name
from adobe_flow.problem import Problem
from adobe_flow.report.digest import read_digest
from adobe_flow.stack import Stack
from pulumi_adobe.config.settings import NAMESPACE

_VARIABLE: Final = f"{NAMESPACE}_SEND_SECRETS".upper()
_HARMLESS: Final = ("same", "update", "read")


@dataclass(frozen=True)
class Sending:
    """The connections whose secrets are sent, by URN, and what else would change with them."""

    stack: Stack
    ids: Mapping[str, str]
    also: Mapping[str, Sequence[str]]

    @property
    def targets(self) -> tuple[str, ...]:
        """The options that keep the update to these."""
        return tuple(part for urn in self.ids for part in ("--target", urn))


def planned(stack: Stack, only: Sequence[str] = ()) -> Sending:
    """What would be sent. Raises Problem where the update would do more than update in place."""
    ids = {str(each["urn"]): str(each["id"]) for each in unsent(stack.resources()) if _meant(each, only)}
    environment = {**stack.environment, _VARIABLE: ",".join(ids.values())}
    sending = Sending(replace(stack, environment=environment), ids, {})
    if not ids:
        return sending
    printed = sending.stack.pulumi("preview", "--json", *sending.targets)
    steps = [each for each in read_digest(printed, "The plan of the preview")["steps"] if each["urn"] in ids]
    other = [f"{resource_name(each['urn'])} ({each['op']})" for each in steps if each["op"] not in _HARMLESS]
    if other:
        raise Problem(
            f"pulumi up would do more than send secrets: {', '.join(other)}. Nothing was changed.",
            "Look at `pulumi preview`, correct the program, then run this again.",
        )
    also = {each["urn"]: tuple(_changed(each)) for each in steps}
    return replace(sending, also={urn: names for urn, names in also.items() if names})


def send(sending: Sending) -> None:
    """Run the update. Raises Problem with what Pulumi said; what was sent before it failed stays sent."""
    arguments = ("up", "--yes", "--skip-preview", *sending.targets)
    done = sending.stack.run(*arguments)
    if done.returncode:
        hint = "What was sent stays sent. Correct it, then run this again: it sends what is left."
        raise failed(sending.stack, "pulumi up failed", done, hint)


def as_result(sending: Sending) -> list[dict[str, Any]]:
    """As JSON."""
    return [
        {"resource": resource_name(urn), "urn": urn, "id": id_, "also": list(sending.also.get(urn, ()))}
        for urn, id_ in sending.ids.items()
    ]


def _meant(resource: Mapping[str, Any], only: Sequence[str]) -> bool:
    return not only or resource_name(str(resource["urn"])) in only or resource["urn"] in only


def _changed(step: Mapping[str, Any]) -> Iterator[str]:
    old = (step.get("oldState") or {}).get("inputs") or {}
    new = (step.get("newState") or {}).get("inputs") or {}
    return (name for name in dict.fromkeys((*new, *old)) if old.get(name) != new.get(name))
