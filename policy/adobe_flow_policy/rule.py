"""The definition of a rule: a plain function, the collections that it checks, and its configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.resource import DeclaredResource

Config: TypeAlias = Mapping[str, Any]
"""The configuration of one rule: the values of the team, and the defaults of the schema for the others."""


class ConfigError(ValueError):
    """The configuration of a rule cannot be used; the text has the reason, and is shown as a violation."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The attributes of all rules.

    Attributes:
        name: The name in the configuration.
        description: One sentence, which Pulumi shows with each violation.
        collections: The collections of Flow Service that the rule checks, or `provider` or `clusters`.
        schema: For each key of the configuration a JSON Schema with a description and a default.
        level: The enforcement level, unless the configuration has another.
    """

    name: str
    description: str
    collections: tuple[str, ...]
    schema: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    level: EnforcementLevel = EnforcementLevel.MANDATORY

    def merge_config(self, config: Config) -> Config:
        """Return the configuration, with the defaults for the keys that it lacks."""
        return {**{key: schema["default"] for key, schema in self.schema.items()}, **config}


@dataclass(frozen=True, kw_only=True)
class ResourceRule(Rule):
    """A rule that checks one resource at a time.

    Attributes:
        validate: Yields a message for each violation: the property, the problem, and the correction. Unknown values
            pass, and are checked by the update.
        remediate: Returns the properties that replace the declared ones at the level `remediate`.
    """

    validate: Callable[[DeclaredResource, Config], Iterable[str]]
    remediate: Callable[[DeclaredResource, Config], Mapping[str, Any]] | None = None


@dataclass(frozen=True, kw_only=True)
class StackRule(Rule):
    """A rule that checks all resources of a stack together.

    Attributes:
        validate: Yields a resource and a message for each violation.
    """

    validate: Callable[[Sequence[DeclaredResource], Config], Iterable[tuple[DeclaredResource, str]]]
