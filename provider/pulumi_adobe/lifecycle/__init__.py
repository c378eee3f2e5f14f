"""The life cycle of a declared resource, written once: check, diff, create, read, update and delete on Flow Service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pulumi_adobe.declaration import Declaration, Properties
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.difference import Difference
from pulumi_adobe.lifecycle.entity import changed_outside, shown
from pulumi_adobe.lifecycle.job import Job
from pulumi_adobe.lifecycle.run import Run
from pulumi_adobe.lifecycle.unconfirmed import kept_unconfirmed, with_secrets

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.making import Created


@dataclass(frozen=True)
class Found:
    """What a read found: the outputs, and the inputs that would declare it as it is."""

    outputs: Properties
    inputs: Properties


class Lifecycle:
    """One kind of resource in one organization's sandbox. Every method may raise an `AdobeError`.

    What writes is imported where it is needed: a run without changes only checks and compares.
    """

    def __init__(self, declaration: Declaration, run: Run) -> None:
        self._declaration = declaration
        self._run = run

    def checked(self, inputs: Mapping[str, Any], *, exists: bool) -> None:
        """The inputs are in order. Where none ``exists`` yet, say what a create would refuse; it never fails."""
        # First of all: what the service answers to the look-up may echo a secret.
        self._run.learn(self._declaration, inputs)
        self._run.claims.checked(inputs, exists=exists)
        if not exists and not self._run.claims.is_remade(str(inputs.get("owner"))):
            from pulumi_adobe.lifecycle import making  # noqa: PLC0415 - see Lifecycle

            making.warn_of_existing(self._job(inputs))

    def problems(self, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Iterable[str]:
        """What this kind of resource finds wrong with its inputs beyond each field by itself."""
        return self._declaration.behaviour.problems(self._run, olds, news)

    def diff(self, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Difference:
        """What an update would do; sends nothing."""
        self._run.require_place(self._declaration, olds)
        planned = self._declaration.planned(olds, news)
        found = with_secrets(self._declaration, olds, planned, send=id_ in self._run.policy.send_secrets)
        also = self._declaration.behaviour.replaces(olds, planned)
        found = replace(found, replaces=tuple(dict.fromkeys((*found.replaces, *also))))
        self._run.claims.compared(id_, news, replaces=bool(found.replaces))
        return found

    def create(self, inputs: Mapping[str, Any]) -> Created:
        """Make it, or take it over; see `making`."""
        from pulumi_adobe.lifecycle import making  # noqa: PLC0415 - see Lifecycle

        return making.create(self._job(inputs))

    def read(self, id_: str, kept: Mapping[str, Any]) -> Found | None:
        """GET. None where it is gone. Secrets are those of ``kept``, the old outputs: Flow Service masks its own."""
        job, run, declaration = self._job(kept), self._run, self._declaration
        run.require_place(declaration, kept)
        run.learn(declaration, kept)
        try:
            entity = self._read(job, id_)
        except NotFound:
            return None
        if kept.get("etag") not in (None, entity.get("etag")):
            run.say(changed_outside(job.named(id_), entity))
        unseen = {name: kept[name] for name in declaration.unseen if name in kept}
        inputs = {**shown(declaration, entity), **unseen, **declaration.behaviour.seen(entity, kept)}
        # What was found out is no input: the program does not give it, and a preview would show it as taken away.
        found_out = {field.name for field in declaration.fields if field.computed}
        given = {name: value for name, value in inputs.items() if name not in found_out}
        return Found({**job.outputs(inputs, entity), **kept_unconfirmed(kept)}, given)

    def update(self, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Properties:
        """Change it in place; see `changing`."""
        from pulumi_adobe.lifecycle import changing  # noqa: PLC0415 - see Lifecycle

        return changing.update(self._job(news), id_, olds)

    def delete(self, id_: str, kept: Mapping[str, Any]) -> None:
        """Delete it; see `removing`."""
        from pulumi_adobe.lifecycle import removing  # noqa: PLC0415 - see Lifecycle

        removing.delete(self._job(kept), id_)

    def _read(self, job: Job, id_: str) -> Mapping[str, Any]:
        if job.run.policy.refresh_from == "list" and job.scope is not None:
            listed = job.run.pages.find(job.scope, id_)
            if listed is not None and listed.get("etag"):
                return listed
        return job.service.get(job.collection, id_)

    def _job(self, wanted: Mapping[str, Any]) -> Job:
        return Job(self._run, self._declaration, wanted)
