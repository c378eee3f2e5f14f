"""What a rule is: a plain function, what it is about, and what a team may configure of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.seen import Seen

Config: TypeAlias = Mapping[str, Any]
"""The configuration of one rule: what the team gives, else the defaults of its schema."""


class ConfigError(ValueError):
    """A rule's configuration cannot be used; the text says why, and is shown as a violation."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What all rules have.

    ``schema`` gives each key of the configuration a JSON schema with a description and a default. ``level`` is what a
    violation does where the configuration says nothing.
    """

    name: str
    description: str
    schema: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    level: EnforcementLevel = EnforcementLevel.MANDATORY

    def configured(self, given: Config) -> Config:
        """What is given, on top of the defaults."""
        return {**{key: each["default"] for key, each in self.schema.items()}, **given}


@dataclass(frozen=True, kw_only=True)
class ResourceRule(Rule):
    """A rule about one resource at a time.

    ``on`` are Flow Service's collections, or `provider`. ``judge`` says what is wrong and how to mend it, a text for
    each violation, and begins with the property that it is about; a value that is unknown passes, and is judged by the
    update. ``mend`` gives the properties that should take the place of the declared ones, at the level `remediate`.
    """

    on: tuple[str, ...]
    judge: Callable[[Seen, Config], Iterable[str]]
    mend: Callable[[Seen, Config], Mapping[str, Any]] | None = None


@dataclass(frozen=True, kw_only=True)
class StackRule(Rule):
    """A rule about all resources of a stack: ``judge`` gives the resource and what is wrong with it."""

    on: tuple[str, ...]
    judge: Callable[[Sequence[Seen], Config], Iterable[tuple[Seen, str]]]
