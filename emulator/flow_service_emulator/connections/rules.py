"""What a base connection must be before it is kept: the checks that a create and an update share."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

from flow_service_emulator import catalogue
from flow_service_emulator.errors import FlowServiceError, InvalidSpecError

_MISSING, _WRONG = "CONNECTOR-1304-400", "CONNECTOR-1312-400"
_UNKNOWN_AUTH_SPEC = "1415-400"


def check(declared: dict[str, Any]) -> None:
    """Raise the error that Adobe would answer for a connection like this."""
    _check_texts(declared)
    check_spec(declared.get("connectionSpec"))
    _check_auth(declared["connectionSpec"]["id"], declared.get("auth"))


def check_update(declared: dict[str, Any]) -> None:
    """Raise the error for a changed connection; its spec stays, in whatever version the service has moved it to."""
    _check_texts(declared)
    _check_auth(declared["connectionSpec"]["id"], declared.get("auth"))


def check_spec(spec: Any) -> None:
    """The spec must be one of the catalogue, in its version, where one is given."""
    known = catalogue.specs().get(spec["id"]) if isinstance(spec, dict) and isinstance(spec.get("id"), str) else None
    if known is None or spec.get("version", known["version"]) != known["version"]:
        raise InvalidSpecError


def _check_texts(declared: dict[str, Any]) -> None:
    name = declared.get("name")
    if not isinstance(name, str) or not name.strip():
        raise FlowServiceError(_MISSING, "name is required")
    if not isinstance(declared.get("description"), (str, type(None))):
        raise FlowServiceError(_WRONG, "description must be a string")


def _check_auth(spec_id: str, auth: Any) -> None:
    """Adobe: "Create base connection" marks auth, auth.specName and auth.params as required; its schema does not."""
    if not isinstance(auth, dict):
        raise FlowServiceError(_MISSING, "auth is required")
    known, spec_name = catalogue.auth_specs(spec_id), auth.get("specName")
    if not isinstance(spec_name, str) or spec_name not in known:
        message = (
            f"auth.specName [{spec_name}] is not an authSpec of connectionSpec [{spec_id}], which has {list(known)}"
        )
        raise FlowServiceError(_UNKNOWN_AUTH_SPEC, message)
    if not isinstance(auth.get("params"), dict):
        raise FlowServiceError(_MISSING, "auth.params is required")
    error = best_match(Draft7Validator(known[spec_name]).iter_errors(auth["params"]))
    if error is not None:
        raise _params_error(error, known[spec_name], auth["params"])


def _params_error(error: ValidationError, schema: dict[str, Any], params: dict[str, Any]) -> FlowServiceError:
    """Our own words: those of jsonschema quote the value, which may be a secret."""
    if error.validator == "required":
        missing = [name for name in schema["required"] if name not in params]
        return FlowServiceError(_MISSING, f"auth.params: required, but missing: {', '.join(missing)}")
    where = ".".join(map(str, error.path))
    return FlowServiceError(_WRONG, f"auth.params.{where} must be of type {error.validator_value}")
