"""What the engine really asks of a policy pack, recorded, as `pulumi_policy` hands it to a policy."""

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
    """The same requests with ``text`` where a value was unknown."""
    found: dict[str, Any] = json.loads(json.dumps(RECORDED).replace(UNKNOWN_STRING_VALUE, text))
    return found


def replace_secrets(request: Any, secret: str) -> Any:
    """The same with ``secret`` wherever the engine marks a value as one."""
    if isinstance(request, dict) and SPECIAL_SIG_KEY in request:
        return {**request, "value": secret}
    if isinstance(request, dict):
        return {key: replace_secrets(member, secret) for key, member in request.items()}
    return [replace_secrets(member, secret) for member in request] if isinstance(request, list) else request


def build_resource_args(request: dict[str, Any], config: dict[str, Any] | None = None) -> ResourceValidationArgs:
    """For a validation; without marks of secrets."""
    return _args(request, unknown_checking_proxy(deserialize_properties(request["properties"])), config)


def build_remediation_args(request: dict[str, Any]) -> ResourceValidationArgs:
    """For a remediation: secrets are marked, and unknown values are texts."""
    return _args(
        request, unknown_checking_proxy(deserialize_properties(request["properties"], proxy_secrets=True)), None
    )


def build_stack_args(request: dict[str, Any], config: dict[str, Any] | None = None) -> StackValidationArgs:
    """For the validation of a stack."""
    resources = [
        PolicyResource(
            each["type"],
            unknown_checking_proxy(deserialize_properties(each["properties"])),
            each["urn"],
            each["name"],
            _options(each),
            _provider(each),
            None,
            [],
            {},
        )
        for each in request["resources"]
    ]
    return StackValidationArgs(resources, config)


def collect_messages(validate: Callable[[Any, Any], Any], args: Any) -> list[str]:
    """What a policy reports."""
    messages: list[str] = []
    validate(args, lambda message, _urn=None: messages.append(cast(str, message)))
    return messages


def _args(request: dict[str, Any], properties: Any, config: dict[str, Any] | None) -> ResourceValidationArgs:
    return ResourceValidationArgs(
        request["type"], properties, request["urn"], request["name"], _options(request), _provider(request), config
    )


def _options(request: dict[str, Any]) -> PolicyResourceOptions:
    timeouts = PolicyCustomTimeouts(0, 0, 0)
    return PolicyResourceOptions(request["options"].get("protect", False), [], None, [], timeouts, [])


def _provider(request: dict[str, Any]) -> PolicyProviderResource | None:
    given = request.get("provider")
    if given is None:
        return None
    properties = unknown_checking_proxy(deserialize_properties(given["properties"]))
    return PolicyProviderResource(given["type"], properties, given["urn"], given["name"])
