"""Runs the rules for Pulumi: a rule that fails is a violation, never a crash, and no message shows a secret."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, TypeVar, cast

from pulumi_policy import (
    Policy,
    PolicyConfigSchema,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from adobe_flow_policy.rule import ConfigError, ResourceRule, StackRule
from adobe_flow_policy.rules import RULES
from adobe_flow_policy.seen import Seen, seen, unseen
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.printable import escape_controls

T = TypeVar("T")


def serve() -> None:
    """Serve all rules until the engine ends this process."""
    PolicyPack("adobe-flow", [policy(rule) for rule in RULES])


def policy(rule: ResourceRule | StackRule) -> Policy:
    """A rule as Pulumi takes it."""
    schema = PolicyConfigSchema({key: dict(each) for key, each in rule.schema.items()})
    if isinstance(rule, StackRule):
        return StackValidationPolicy(rule.name, rule.description, _of_stack(rule), rule.level, schema)
    mend = None if rule.mend is None else _mending(rule, rule.mend)
    return ResourceValidationPolicy(rule.name, rule.description, _of_resource(rule), rule.level, schema, mend)


def _of_resource(rule: ResourceRule) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        resource = seen(args)
        if resource.collection in rule.on:
            for message in _guarded(rule, lambda: rule.judge(resource, rule.configured(args.get_config()))):
                report(redacted(message, unseen(args)), None)

    return validate


def _of_stack(rule: StackRule) -> Callable[[StackValidationArgs, ReportViolation], None]:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        resources = [each for each in map(seen, args.resources) if each.collection in rule.on]
        for found in _guarded(rule, lambda: rule.judge(resources, rule.configured(args.get_config()))):
            urn, message = (None, found) if isinstance(found, str) else (found[0].urn, found[1])
            report(redacted(message, (text for each in args.resources for text in unseen(each))), urn)

    return validate


def _mending(
    rule: ResourceRule, mend: Callable[[Seen, Mapping[str, Any]], Mapping[str, Any]]
) -> Callable[[ResourceValidationArgs], Any]:
    def remediate(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        resource = seen(args)
        if resource.collection not in rule.on:
            return None
        changes: dict[str, Any] = {}
        for each in _guarded(rule, lambda: [mend(resource, rule.configured(args.get_config()))]):
            # A rule that fails mends nothing; the validation that follows says so.
            changes = {} if isinstance(each, str) else dict(each)
        # Written into what came: a new object would make plain values of the secrets in it.
        properties = cast(MutableMapping[str, Any], args.props)
        for name, value in changes.items():
            properties[name] = value
        return properties if changes else None

    return remediate


def _guarded(rule: ResourceRule | StackRule, judge: Callable[[], Iterable[T]]) -> Iterator[T | str]:
    """What a rule finds; where it fails itself, that is what it found: nothing crashes, and nothing passes unjudged."""
    try:
        yield from judge()
    except ConfigError as error:
        yield f"The configuration of {rule.name} cannot be used: {error}."
    except Exception as error:  # noqa: BLE001 - see above; the text of a foreign error may hold anything
        yield f"The rule itself failed ({type(error).__name__}). Mend {rule.judge.__module__}, or disable it meanwhile."


def redacted(message: str, secrets: Iterable[str]) -> str:
    """``message`` without these secrets, which may have been pasted into a property that is shown, and printable."""
    return escape_controls(Redactor(secrets).redact(message))
