"""Drafts: made with `mode=draft`, and published when the program says so.

Adobe: draft.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pulumi_adobe.behaviour import Behaviour
from pulumi_adobe.declaration import Field, Properties

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.job import Job

DRAFT = Field("draft", argument="draft", type=bool)
_STATE = "draft"


class DraftBehaviour(Behaviour):
    """A kind that may be a draft first."""

    def replaces(self, olds: Mapping[str, Any], news: Mapping[str, Any]) -> tuple[str, ...]:
        """Nobody can make a draft again of what is live."""
        return ("draft",) if news.get("draft") is True and olds.get("state", _STATE) != _STATE else ()

    def finished(self, job: Job, id_: str, outputs: Properties) -> Properties:
        """Publish what is a draft and is not declared as one."""
        if outputs.get("state") != _STATE or outputs.get("draft") is True:
            return outputs
        return acted(job, id_, outputs, "publish")


def acted(job: Job, id_: str, outputs: Properties, action: str) -> Properties:
    """The outputs after an action."""
    from pulumi_adobe.lifecycle.settling import settled  # noqa: PLC0415 - a program imports this module

    job.service.act(job.collection, id_, action)
    entity = settled(job.service, job.declaration, id_)
    job.run.pages.forget()
    return {**outputs, "state": entity["state"], "etag": entity["etag"]}
