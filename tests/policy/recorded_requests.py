"""Recorded requests of the engine to a policy pack, in the form in which `pulumi_policy` passes them to a policy.

Those about a program of the native provider are made of the recorded ones: `test_engine.py` has a real native program.
"""

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

from pulumi_adobe.plugin.state_format import DYNAMIC, NATIVE

RECORDED: Final = json.loads((Path(__file__).parent / "data" / "not_known_yet.json").read_text("utf-8"))


def _convert_to_native(request: dict[str, Any]) -> dict[str, Any]:
    """Return a request about the same resource of a native program; one about another resource as it is."""
    provider = request.get("provider")
    others = {**request, **({"provider": _convert_to_native(provider)} if provider else {})}
    if request["type"] == DYNAMIC.provider_type:
        properties = {name.removeprefix("adobe:"): value for name, value in request["properties"].items()}
        return {**others, "type": NATIVE.provider_type, "properties": {**properties, "version": "0.1.0"}}
    resource_type = DYNAMIC.find_resource_type(request["type"])
    if resource_type is None:
        return others
    token = NATIVE.build_type_token(resource_type.name)
    urn = request["urn"].replace(request["type"], token)
    inputs = resource_type.schema.flatten(DYNAMIC.read_inputs(request["urn"], request["properties"]))
    return {**others, "type": token, "urn": urn, "properties": NATIVE.write_inputs(token, inputs)}


RECORDED_NATIVE: Final = {
    **RECORDED,
    **{kind: [_convert_to_native(request) for request in RECORDED[kind]] for kind in ("Analyze", "Remediate")},
    "AnalyzeStack": {
        **RECORDED["AnalyzeStack"],
        "resources": [_convert_to_native(resource) for resource in RECORDED["AnalyzeStack"]["resources"]],
    },
}


def replace_unknown_values(text: str, requests: dict[str, Any] = RECORDED) -> dict[str, Any]:
    """Return the requests with ``text`` in place of unknown values."""
    replaced: dict[str, Any] = json.loads(json.dumps(requests).replace(UNKNOWN_STRING_VALUE, text))
    return replaced


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
