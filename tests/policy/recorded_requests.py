"""Recorded requests of the engine to a policy pack, in the form in which `pulumi_policy` passes them to a policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

from pulumi_policy import (
    PolicyCustomTimeouts,
    PolicyProviderResource,
    PolicyResource,
    PolicyResourceOptions,
    ResourceValidationArgs,
    StackValidationArgs,
)
from pulumi_policy.deserialize import SPECIAL_SIG_KEY, deserialize_properties
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, unknown_checking_proxy

RECORDED: Final = json.loads((Path(__file__).parent / "data" / "not_known_yet.json").read_text("utf-8"))


def replace_unknown_values(text: str) -> dict[str, Any]:
    """Return the requests with ``text`` in place of unknown values."""
    requests: dict[str, Any] = json.loads(json.dumps(RECORDED).replace(UNKNOWN_STRING_VALUE, text))
    return requests


def replace_secrets(request: Any, secret: str) -> Any:
    """Return the request with ``secret`` in place of each value that the engine marks as secret."""
    if isinstance(request, dict) and SPECIAL_SIG_KEY in request:
        return {**request, "value": secret}
    if isinstance(request, dict):
        return {key: replace_secrets(member, secret) for key, member in request.items()}
    return [replace_secrets(member, secret) for member in request] if isinstance(request, list) else request


def build_resource_args(request: dict[str, Any], config: dict[str, Any] | None = None) -> ResourceValidationArgs:
    """Build the arguments of a validation, without marks of secrets."""
    return _build_args(request, unknown_checking_proxy(deserialize_properties(request["properties"])), config)


def build_remediation_args(request: dict[str, Any]) -> ResourceValidationArgs:
    """Build the arguments of a remediation: secrets are marked, and unknown values are texts."""
    return _build_args(
        request, unknown_checking_proxy(deserialize_properties(request["properties"], proxy_secrets=True)), None
    )


def build_stack_args(request: dict[str, Any], config: dict[str, Any] | None = None) -> StackValidationArgs:
    """Build the arguments of the validation of a stack."""
    resources = [
        PolicyResource(
            resource["type"],
            unknown_checking_proxy(deserialize_properties(resource["properties"])),
            resource["urn"],
            resource["name"],
            _build_options(resource),
            _build_provider(resource),
            None,
            [],
            {},
        )
        for resource in request["resources"]
    ]
    return StackValidationArgs(resources, config)


def collect_messages(validate: Callable[[Any, Any], Any], args: Any) -> list[str]:
    """Run the validation, and return the messages that it reports."""
    messages: list[str] = []
    validate(args, lambda message, _urn=None: messages.append(cast(str, message)))
    return messages


def _build_args(request: dict[str, Any], properties: Any, config: dict[str, Any] | None) -> ResourceValidationArgs:
    return ResourceValidationArgs(
        request["type"],
        properties,
        request["urn"],
        request["name"],
        _build_options(request),
        _build_provider(request),
        config,
    )


def _build_options(request: dict[str, Any]) -> PolicyResourceOptions:
    timeouts = PolicyCustomTimeouts(0, 0, 0)
    return PolicyResourceOptions(request["options"].get("protect", False), [], None, [], timeouts, [])


def _build_provider(request: dict[str, Any]) -> PolicyProviderResource | None:
    provider = request.get("provider")
    if provider is None:
        return None
    properties = unknown_checking_proxy(deserialize_properties(provider["properties"]))
    return PolicyProviderResource(provider["type"], properties, provider["urn"], provider["name"])
