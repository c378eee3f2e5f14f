"""Takes the secrets out of a plan by their place, before it is parsed, and out of its report by their value.

The engine masks what it knows to be secret. This is for what it does not know, and for a secret that turns up
elsewhere: in a message, in a description, in a log line of the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from adobe_flow.documents import parse_document
from adobe_flow.format_words import is_format_word
from adobe_flow.managed import OURS
from pulumi_adobe.flow_service.redaction import PLACEHOLDER, Redactor
from pulumi_adobe.plugin.state_values import SIGNATURE
from pulumi_adobe.sources import find_spec_by_id

_SECRET_NAME: Final = re.compile(
    r"(secret|token|password|passphrase|private_?key|secret_?key|account_?key|api_?key|connection_?string"
    r"|sas_?uri|credentials?)$",
    re.IGNORECASE,
)
_SECRET_VARIABLE: Final = re.compile(r"(SECRET|TOKEN|PASSWORD|PASSPHRASE|_KEY)$")
_SHORTEST_VARIABLE: Final = 8
_PARAMETERS: Final = ("params", "parameters")
_WITHOUT_SECRETS: Final = ("SourceConnection", "TargetConnection", "Dataflow")

_JSON_IN_JSON: Final = 3
_SHORTEST_LINE: Final = 16

Hidden: TypeAlias = Callable[[str, bool], bool]
"""Whether a property of this name is a secret; the second says whether it is an auth parameter."""


def redactor_of(environment: Mapping[str, str]) -> Redactor:
    """One that knows the secrets of the environment: a program may have printed them."""
    redactor = Redactor()
    for name, value in environment.items():
        if _SECRET_VARIABLE.search(name) and len(value) >= _SHORTEST_VARIABLE:
            _learn(redactor, value)
    return redactor


def veiled(digest: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    """The plan without secrets at their places; ``redactor`` learns them, for the report that is made from it."""
    config = digest.get("config") or {}
    return {
        **digest,
        "config": {name: _masked(value, name, _by_name, redactor) for name, value in config.items()},
        "steps": [_step(each, redactor) for each in digest.get("steps") or []],
    }


def without_secrets(report: Any, redactor: Redactor, name: str = "") -> Any:
    """A report whose texts have no secret that ``redactor`` knows. Its structure stays: its keys, and its own words.

    It is made from the plan as it is, and only then redacted: a secret may be a word of the format, such as `custom`.
    """
    if isinstance(report, str):
        if is_format_word(name, report):
            return report
        return redactor.to_message(redactor.redact(report))
    if isinstance(report, list):
        return [without_secrets(each, redactor, name) for each in report]
    if isinstance(report, dict):
        return {key: without_secrets(each, redactor, key) for key, each in report.items()}
    return report


def _step(step: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    return {
        name: _state(value, redactor) if name in {"oldState", "newState"} and value else value
        for name, value in step.items()
    }


def _state(state: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    hidden = _rule(str(state.get("type", "")), state.get("inputs") or {})
    return {
        name: {key: _masked(each, key, hidden, redactor) for key, each in value.items()}
        if name in {"inputs", "outputs"} and isinstance(value, dict)
        else value
        for name, value in state.items()
    }


def _rule(type_: str, inputs: Mapping[str, Any]) -> Hidden:
    """The catalogue knows the auth parameters of a base connection; one that it does not know is taken for a secret.

    Dataflows and their ends have no secrets, but keys that people choose: the columns of a mapping.
    """
    if type_.removeprefix(OURS) in _WITHOUT_SECRETS and type_.startswith(OURS):
        return lambda _name, _parameter: False
    spec_id = inputs.get("connectionSpec")
    spec = find_spec_by_id(str(spec_id.get("id"))) if isinstance(spec_id, dict) and type_.startswith(OURS) else None
    known = {each.name: each.secret for each in spec.auth_specs.get(str(inputs.get("authSpec")), ())} if spec else {}
    return lambda name, parameter: known.get(name, _by_name(name, parameter))


def _by_name(name: str, parameter: bool) -> bool:  # noqa: FBT001 - has the signature of a rule
    return parameter or _SECRET_NAME.search(name) is not None


def _masked(value: Any, name: str, hidden: Hidden, redactor: Redactor, *, parameter: bool = False) -> Any:
    if hidden(name, parameter) or _stands_for_a_secret(value):
        for text in _texts(value):
            _learn(redactor, text)
        return PLACEHOLDER
    if isinstance(value, dict):
        inside = name in _PARAMETERS
        return {key: _masked(each, key, hidden, redactor, parameter=inside) for key, each in value.items()}
    if isinstance(value, list):
        return [_masked(each, name, hidden, redactor, parameter=parameter) for each in value]
    return value


def _learn(redactor: Redactor, text: str) -> None:
    """As it is, without blanks around it, line by line, and as it stands in a JSON text that is a text in another."""
    lines = (each.strip() for each in text.splitlines())
    for form in {text, text.strip(), *(each for each in lines if len(each) >= _SHORTEST_LINE)}:
        written = form
        for _ in range(_JSON_IN_JSON):
            redactor.add_secret(written)
            written = json.dumps(written)[1:-1]


def _stands_for_a_secret(value: Any) -> bool:
    return isinstance(value, dict) and SIGNATURE in value


def _texts(value: Any) -> Iterator[str]:
    """Every text in a secret value; in a secret of a state also the JSON that its plain text is."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name != SIGNATURE:
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str) and value != PLACEHOLDER:
        yield value
        yield from _plain_texts(value)


def _plain_texts(value: str) -> Iterator[str]:
    try:
        plain = parse_document(value)
    except ValueError:
        return
    if plain != value and not isinstance(plain, (bool, int, float)):
        yield from _texts(plain)
