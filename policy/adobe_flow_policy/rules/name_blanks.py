"""Names have no blanks around them, nor several in a row: nobody sees those, and each makes another name of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen


def judge(resource: Seen, _config: Config) -> Iterator[str]:
    """Say which name is to be trimmed."""
    if mend(resource, _config):
        yield "name: has blanks around it, or several in a row. Take them out, or set the level `remediate`."


def mend(resource: Seen, _config: Config) -> Mapping[str, str]:
    """One blank between two words; a name of blanks alone stays, for the provider to refuse."""
    name = resource.text("name") or ""
    trimmed = " ".join(name.split())
    return {"name": trimmed} if trimmed and trimmed != name else {}


RULE = ResourceRule(
    name="name-blanks",
    description="Names have no blanks around them, nor several in a row.",
    level=EnforcementLevel.REMEDIATE,
    on=("connections", "sourceConnections", "targetConnections", "flows"),
    judge=judge,
    mend=mend,
)
