"""The rules as Pulumi's policies. A rule that fails is a violation, never a crash, and no message shows a secret."""

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

from adobe_flow_policy.resource import DeclaredResource, list_hidden_texts, read_resource
from adobe_flow_policy.rule import ConfigError, ResourceRule, StackRule
from adobe_flow_policy.rules import RULES
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.printable import escape_controls

T = TypeVar("T")


def serve_rules() -> None:
    """Serve all rules until the engine ends this process."""
    PolicyPack("adobe-flow", [build_policy(rule) for rule in RULES])


def build_policy(rule: ResourceRule | StackRule) -> Policy:
    """Convert a rule to a policy of Pulumi."""
    schema = PolicyConfigSchema({key: dict(schema) for key, schema in rule.schema.items()})
    if isinstance(rule, StackRule):
        return StackValidationPolicy(rule.name, rule.description, _build_stack_validation(rule), rule.level, schema)
    remediation = None if rule.remediate is None else _build_remediation(rule, rule.remediate)
    return ResourceValidationPolicy(
        rule.name, rule.description, _build_resource_validation(rule), rule.level, schema, remediation
    )


def _build_resource_validation(rule: ResourceRule) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        resource = read_resource(args)
        if resource.collection in rule.collections:
            for message in _catch_errors(rule, lambda: rule.validate(resource, rule.merge_config(args.get_config()))):
                report(redact_message(message, list_hidden_texts(args)), None)

    return validate


def _build_stack_validation(rule: StackRule) -> Callable[[StackValidationArgs, ReportViolation], None]:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        all_resources = map(read_resource, args.resources)
        resources = [resource for resource in all_resources if resource.collection in rule.collections]
        for violation in _catch_errors(rule, lambda: rule.validate(resources, rule.merge_config(args.get_config()))):
            urn, message = (None, violation) if isinstance(violation, str) else (violation[0].urn, violation[1])
            secrets = (text for resource in args.resources for text in list_hidden_texts(resource))
            report(redact_message(message, secrets), urn)

    return validate


def _build_remediation(
    rule: ResourceRule, remediate: Callable[[DeclaredResource, Mapping[str, Any]], Mapping[str, Any]]
) -> Callable[[ResourceValidationArgs], Any]:
    def remediate_args(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        resource = read_resource(args)
        if resource.collection not in rule.collections:
            return None
        changes: dict[str, Any] = {}
        for result in _catch_errors(rule, lambda: [remediate(resource, rule.merge_config(args.get_config()))]):
            # A rule that fails changes nothing; the validation that follows reports the failure.
            changes = {} if isinstance(result, str) else dict(result)
        # The changes go into the given object: in a new one the secrets would become plain values.
        properties = cast(MutableMapping[str, Any], args.props)
        for name, value in changes.items():
            properties[name] = value
        return properties if changes else None

    return remediate_args


def _catch_errors(rule: ResourceRule | StackRule, run: Callable[[], Iterable[T]]) -> Iterator[T | str]:
    """Yield the results of a rule, and a message in place of an error, so that nothing passes unchecked."""
    try:
        yield from run()
    except ConfigError as error:
        yield f"The configuration of {rule.name} cannot be used: {error}."
    except Exception as error:  # noqa: BLE001 - see above; the text of any other error may have a secret
        yield (
            f"The rule itself failed ({type(error).__name__}). Correct {rule.validate.__module__}, or disable the rule."
        )


def redact_message(message: str, secrets: Iterable[str]) -> str:
    """Return the message without control characters and secrets, which a visible property may have by mistake."""
    return escape_controls(Redactor(secrets).redact(message))
