"""A sandbox is named in lower case: Flow Service knows no other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.kinds import PROVIDER
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen


def judge(provider: Seen, config: Config) -> Iterator[str]:
    """Say which setting to mend."""
    for name in mend(provider, config):
        yield f"{name}: is not in lower case. Write it so, or set the level `remediate`."


def mend(provider: Seen, _config: Config) -> Mapping[str, str]:
    """The stack's setting, or that of a `FlowService`; one from the environment is out of a policy's reach."""
    found = {name: provider.text(name) or "" for name in ("sandbox", "adobe:sandbox")}
    return {name: value.lower() for name, value in found.items() if value != value.lower()}


RULE = ResourceRule(
    name="sandbox-case",
    description="Sandboxes are named in lower case.",
    level=EnforcementLevel.REMEDIATE,
    on=(PROVIDER,),
    judge=judge,
    mend=mend,
)
