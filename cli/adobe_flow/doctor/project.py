"""The checks of the Pulumi project: state backend, stack, stack files and settings.

How Pulumi writes an encrypted value: `secure:` in its place (pulumi.com/docs/iac/concepts/secrets).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.finding import CheckSkipped
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli import sidecar_files
from adobe_flow.pulumi_cli.project import find_stack_folder, read_yaml
from adobe_flow.pulumi_cli.resources import map_managed_resources
from pulumi_adobe.config.paths import build_config_path, quote_config_path
from pulumi_adobe.config.settings import SETTINGS_TABLE, SettingsError

_TOKENS: Final = "accessTokens"
_SECRET_SETTINGS: Final = tuple(setting.config_key for setting in SETTINGS_TABLE if setting.secret)


def check_backend(context: DoctorContext) -> str:
    """Check that Pulumi can reach the state backend, and return its address."""
    if context.stack is None and context.project_file is None:
        raise CheckSkipped(f"there is no Pulumi project in {context.folder.resolve()} (-C names its folder)")
    login = context.get_login()
    address = f"{login.url}, as {login.user}" if login.user else login.url
    unreadable = sidecar_files.find_unreadable_sidecars(login.url)
    if unreadable:
        files = ", ".join(file.name for file in unreadable)
        raise Problem(
            f"{address}: not every state can be loaded, because of {files}.", sidecar_files.advise_removal(unreadable)
        )
    if login.url.startswith(sidecar_files.FILE_SCHEME):
        return f"{address}: files on this machine, so nobody else has this state"
    return address


def check_stack(context: DoctorContext) -> str:
    """Check that the state of the stack can be exported; its secrets stay encrypted."""
    if context.stack is None:
        raise CheckSkipped("no stack is named (--stack, PULUMI_STACK)")
    resources = context.list_resources()
    managed_count = len(map_managed_resources(resources))
    return f"{context.stack.name}: {len(resources)} resources, {managed_count} of them of Experience Platform"


def check_stack_files(context: DoctorContext) -> str:
    """Check that the project file and the stack files have no plain-text secrets. Show no value."""
    if context.project_file is None:
        raise CheckSkipped(f"there is no Pulumi project in {context.folder.resolve()} (-C names its folder)")
    files = [context.project_file, *_list_stack_files(context)]
    unencrypted = [(file, key) for file in files for key in find_unencrypted_secrets(read_yaml(file))]
    if unencrypted:
        raise _build_unencrypted_problem(context, unencrypted)
    names = ", ".join(_list_stack_names(context)) or "there is none yet"
    return f"all secrets in Pulumi.yaml and the stack files are encrypted ({names})"


def check_settings(context: DoctorContext) -> str:
    """Check that the settings are valid, and report all problems at once."""
    try:
        credentials = context.get_place().settings.credentials
    except SettingsError as error:
        raise Problem(error.message, f"{error.hint} {_suggest_stack(context)}".strip()) from None
    origin = f"of the stack {context.stack.name} and the environment" if context.stack else "of the environment"
    return (
        f"sandbox {credentials.sandbox} of {credentials.org_id}, client id {credentials.client_id}, at "
        f"{credentials.endpoint} ({origin})"
    )


def find_unencrypted_secrets(file: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of the secrets that are not encrypted, as `pulumi config set --path` takes them."""
    config = file.get("config")
    has_own_key = "encryptionsalt" in file or "encryptedkey" in file
    for key, entry in config.items() if isinstance(config, Mapping) else ():
        if str(key) in _SECRET_SETTINGS or str(key).rpartition(":")[2] == _TOKENS:
            yield from _find_unencrypted(str(key), _get_config_value(entry), has_own_key=has_own_key)


def _get_config_value(entry: Any) -> Any:
    """Return the value of an entry. In a project's file it may be inside a description."""
    is_described = isinstance(entry, Mapping) and "secure" not in entry and {"value", "default"} & set(entry)
    return entry.get("value", entry.get("default")) if is_described else entry


def _find_unencrypted(key: str, value: Any, *, has_own_key: bool) -> Iterator[str]:
    if isinstance(value, Mapping) and set(value) == {"secure"}:
        # A text that Pulumi encrypts with the stack's own key begins with v1:, a token in its place does not.
        if not isinstance(value["secure"], str) or (has_own_key and not value["secure"].startswith("v1:")):
            yield key
    elif isinstance(value, Mapping):
        for name, member in value.items():
            yield from _find_unencrypted(build_config_path(key, str(name)), member, has_own_key=has_own_key)
    elif value not in (None, ""):
        yield key


def _list_stack_files(context: DoctorContext) -> list[Path]:
    folder = find_stack_folder(context.folder)
    return sorted(file for ending in ("yaml", "yml") for file in folder.glob(f"Pulumi.*.{ending}"))


def _list_stack_names(context: DoctorContext) -> list[str]:
    return [_get_stack_name(file) for file in _list_stack_files(context)]


def _get_stack_name(file: Path) -> str:
    return file.name.removeprefix("Pulumi.").rpartition(".")[0]


def _suggest_stack(context: DoctorContext) -> str:
    """Return a suggestion for a person in a project's folder who has not named its stack."""
    names = [] if context.stack else _list_stack_names(context)
    return f"There are {', '.join(names)}: adobe-flow doctor --stack {names[0]}" if names else ""


def _build_unencrypted_problem(context: DoctorContext, unencrypted: list[tuple[Path, str]]) -> Problem:
    listed = ", ".join(f"{key} in {file.name}" for file, key in unencrypted)
    file, key = next(((file, key) for file, key in unencrypted if file != context.project_file), unencrypted[0])
    path = "" if key in _SECRET_SETTINGS else "--path "
    stack = "" if file == context.project_file else f" --stack {_get_stack_name(file)}"
    return Problem(
        f"Not encrypted: {listed}.",
        f"Set each again: pulumi config set --secret {path}{quote_config_path(key)}{stack}\n"
        "and revoke the old values if the file, or its history in git, has left this machine.",
    )
