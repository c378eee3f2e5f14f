"""The checks of a base connection's connection spec and auth."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

from flow_service_emulator import catalogue
from flow_service_emulator.checks import MISSING, WRONG
from flow_service_emulator.errors import FlowServiceError, InvalidSpecError

_UNKNOWN_AUTH_SPEC = "1415-400"


def check_spec(spec: Any) -> None:
    """Refuse a connection spec that the catalogue does not have, or in another version, or without a version."""
    spec_id = spec.get("id") if isinstance(spec, dict) else None
    known_spec = catalogue.get_base_specs().get(spec_id) if isinstance(spec_id, str) else None
    if known_spec is None or spec.get("version", known_spec["version"]) != known_spec["version"]:
        raise InvalidSpecError
    if "version" not in spec:
        raise FlowServiceError("422", "connectionSpec.version 'version' is required for spec info")


def check_auth(spec_id: str, auth: Any) -> None:
    """Check the auth against the auth specs of a connection spec.

    Adobe: "Create base connection" marks auth, auth.specName and auth.params as required; its schema does not.
    """
    if not isinstance(auth, dict):
        raise FlowServiceError(MISSING, "auth is required")
    auth_specs, spec_name = catalogue.get_auth_specs(spec_id), auth.get("specName")
    if not isinstance(spec_name, str) or spec_name not in auth_specs:
        message = (
            f"auth.specName [{spec_name}] is not an authSpec of connectionSpec [{spec_id}], which has "
            f"{list(auth_specs)}"
        )
        raise FlowServiceError(_UNKNOWN_AUTH_SPEC, message)
    if not isinstance(auth.get("params"), dict):
        raise FlowServiceError(MISSING, "auth.params is required")
    error = best_match(Draft7Validator(auth_specs[spec_name]).iter_errors(auth["params"]))
    if error is not None:
        raise _build_params_error(error, auth_specs[spec_name], auth["params"])


def _build_params_error(error: ValidationError, schema: dict[str, Any], params: dict[str, Any]) -> FlowServiceError:
    """Return an error without the value, which jsonschema's own text quotes: it may be a secret."""
    if error.validator == "required":
        missing_names = [name for name in schema["required"] if name not in params]
        return FlowServiceError(MISSING, f"auth.params: required, but missing: {', '.join(missing_names)}")
    path = ".".join(map(str, error.path))
    return FlowServiceError(WRONG, f"auth.params.{path} must be of type {error.validator_value}")
