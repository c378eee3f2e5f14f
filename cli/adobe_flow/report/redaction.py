"""The redaction of a plan by the places of its secrets, and of its report by their values.

The engine masks the secrets that it knows. This module masks those that it does not know, and a secret that appears
elsewhere: in a message, in a description, in a log line of the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from adobe_flow.documents import parse_document
from adobe_flow.safe_output import is_format_word
from pulumi_adobe.flow_service.redaction import PLACEHOLDER, Redactor
from pulumi_adobe.plugin.state_format import find_class_name
from pulumi_adobe.plugin.state_values import SIGNATURE
from pulumi_adobe.sources import find_spec_by_id

_SECRET_NAME: Final = re.compile(
    r"(secret|token|password|passphrase|private_?key|secret_?key|account_?key|api_?key|connection_?string"
    r"|sas_?uri|credentials?)$",
    re.IGNORECASE,
)
_SECRET_VARIABLE: Final = re.compile(r"(SECRET|TOKEN|PASSWORD|PASSPHRASE|_KEY)$")
_MIN_VARIABLE_LENGTH: Final = 8
_PARAMETERS: Final = ("params", "parameters")
_TYPES_WITHOUT_SECRETS: Final = ("SourceConnection", "TargetConnection", "Dataflow")

_JSON_LEVELS: Final = 3
_MIN_LINE_LENGTH: Final = 16

SecretRule: TypeAlias = Callable[[str, bool], bool]
"""Returns whether a property is a secret, from its name and whether it is an auth parameter."""


def build_redactor(environment: Mapping[str, str]) -> Redactor:
    """Return a redactor that knows the secrets of the environment: a program may have printed them."""
    redactor = Redactor()
    for name, value in environment.items():
        if _SECRET_VARIABLE.search(name) and len(value) >= _MIN_VARIABLE_LENGTH:
            _add_forms_of_secret(redactor, value)
    return redactor


def redact_digest(digest: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    """Return the document without the secrets at their places; ``redactor`` then knows them, for the report."""
    config = digest.get("config") or {}
    return {
        **digest,
        "config": {name: _mask_secrets(value, name, _is_secret_name, redactor) for name, value in config.items()},
        "steps": [_redact_step(step, redactor) for step in digest.get("steps") or []],
    }


def redact_report(report: Any, redactor: Redactor, name: str = "") -> Any:
    """Return a report whose texts have no secret that ``redactor`` knows. Its keys and the words of its format stay.

    The report is made from the plan as it is, and redacted afterwards: a secret may be a word of the format, such as
    `custom`.
    """
    if isinstance(report, str):
        if is_format_word(name, report):
            return report
        return redactor.to_message(redactor.redact(report))
    if isinstance(report, list):
        return [redact_report(item, redactor, name) for item in report]
    if isinstance(report, dict):
        return {key: redact_report(member, redactor, key) for key, member in report.items()}
    return report


def _redact_step(step: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    return {
        name: _redact_state(value, redactor) if name in {"oldState", "newState"} and value else value
        for name, value in step.items()
    }


def _redact_state(state: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    is_secret = _build_rule(str(state.get("type", "")), state.get("inputs") or {})
    return {
        name: {key: _mask_secrets(member, key, is_secret, redactor) for key, member in value.items()}
        if name in {"inputs", "outputs"} and isinstance(value, dict)
        else value
        for name, value in state.items()
    }


def _build_rule(type_: str, inputs: Mapping[str, Any]) -> SecretRule:
    """Return the function that decides which properties of a resource type are secret.

    An unknown auth parameter counts as a secret. Dataflows, source and target connections have no secrets, but keys
    that people choose, such as the columns of a mapping.
    """
    class_name = find_class_name(type_)
    if class_name in _TYPES_WITHOUT_SECRETS:
        return lambda _name, _parameter: False
    spec_id = inputs.get("connectionSpec")
    spec = find_spec_by_id(str(spec_id.get("id"))) if isinstance(spec_id, dict) and class_name else None
    parameters = spec.auth_specs.get(str(inputs.get("authSpec")), ()) if spec else ()
    secrets = {parameter.name: parameter.secret for parameter in parameters}
    return lambda name, parameter: secrets.get(name, _is_secret_name(name, parameter))


def _is_secret_name(name: str, parameter: bool) -> bool:  # noqa: FBT001 - has the signature of a rule
    return parameter or _SECRET_NAME.search(name) is not None


def _mask_secrets(value: Any, name: str, is_secret: SecretRule, redactor: Redactor, *, parameter: bool = False) -> Any:
    if is_secret(name, parameter) or _is_marked_secret(value):
        for text in _list_texts(value):
            _add_forms_of_secret(redactor, text)
        return PLACEHOLDER
    if isinstance(value, dict):
        inside = name in _PARAMETERS
        return {key: _mask_secrets(member, key, is_secret, redactor, parameter=inside) for key, member in value.items()}
    if isinstance(value, list):
        return [_mask_secrets(item, name, is_secret, redactor, parameter=parameter) for item in value]
    return value


def _add_forms_of_secret(redactor: Redactor, text: str) -> None:
    """Let the redactor know a secret as it is, without blanks around it, line by line, and inside nested JSON texts."""
    lines = (line.strip() for line in text.splitlines())
    for form in {text, text.strip(), *(line for line in lines if len(line) >= _MIN_LINE_LENGTH)}:
        encoded = form
        for _ in range(_JSON_LEVELS):
            redactor.add_secret(encoded)
            encoded = json.dumps(encoded)[1:-1]


def _is_marked_secret(value: Any) -> bool:
    return isinstance(value, dict) and SIGNATURE in value


def _list_texts(value: Any) -> Iterator[str]:
    """Yield every text in a secret value, and in the JSON that a text may be."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name != SIGNATURE:
                yield from _list_texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _list_texts(item)
    elif isinstance(value, str) and value != PLACEHOLDER:
        yield value
        yield from _list_json_texts(value)


def _list_json_texts(value: str) -> Iterator[str]:
    try:
        plain = parse_document(value)
    except ValueError:
        return
    if plain != value and not isinstance(plain, (bool, int, float)):
        yield from _list_texts(plain)
