"""The stack files: every secret in them is encrypted. Values are looked at, and never shown.

How Pulumi writes an encrypted value: `secure:` in the place of it (pulumi.com/docs/iac/concepts/secrets).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.finding import NotChecked
from adobe_flow.problem import Problem
from adobe_flow.project import find_stack_folder, read_yaml
from pulumi_adobe.config.paths import build_config_path, quote_config_path
from pulumi_adobe.config.settings import SETTINGS_TABLE

TOKENS: Final = "accessTokens"
SECRET_SETTINGS: Final = tuple(setting.config_key for setting in SETTINGS_TABLE if setting.secret)


def check(case: Case) -> str:
    """Read the project's file and the file of each stack."""
    if case.project_file is None:
        raise NotChecked(f"there is no Pulumi project in {case.folder.resolve()} (-C names its folder)")
    files = [case.project_file, *_files(case)]
    clear = [(file, key) for file in files for key in clear_secrets(read_yaml(file))]
    if clear:
        raise _told(case, clear)
    names = ", ".join(stack_names(case)) or "there is none yet"
    return f"no secret stands in clear in the project's file and those of its stacks ({names})"


def stack_names(case: Case) -> list[str]:
    """The stacks that have a file."""
    return [file.name.removeprefix("Pulumi.").rpartition(".")[0] for file in _files(case)]


def clear_secrets(file: Mapping[str, Any]) -> Iterator[str]:
    """The keys of the secrets that are not encrypted, as `pulumi config set --path` takes them."""
    config = file.get("config")
    local = "encryptionsalt" in file or "encryptedkey" in file
    for key, value in config.items() if isinstance(config, Mapping) else ():
        given = _of_project(value)
        if str(key) in SECRET_SETTINGS or str(key).rpartition(":")[2] == TOKENS:
            yield from _clear(str(key), given, local=local)


def _of_project(value: Any) -> Any:
    """A project's file has the value inside an entry that describes it."""
    described = isinstance(value, Mapping) and "secure" not in value and {"value", "default"} & set(value)
    return value.get("value", value.get("default")) if described else value


def _clear(key: str, value: Any, *, local: bool) -> Iterator[str]:
    if isinstance(value, Mapping) and set(value) == {"secure"}:
        # What Pulumi encrypts with a key of the stack's own begins so; a token that somebody put there does not.
        if not isinstance(value["secure"], str) or (local and not value["secure"].startswith("v1:")):
            yield key
    elif isinstance(value, Mapping):
        for name, member in value.items():
            yield from _clear(build_config_path(key, str(name)), member, local=local)
    elif value not in (None, ""):
        yield key


def _files(case: Case) -> list[Path]:
    folder = find_stack_folder(case.folder)
    return sorted(file for end in ("yaml", "yml") for file in folder.glob(f"Pulumi.*.{end}"))


def _told(case: Case, clear: list[tuple[Path, str]]) -> Problem:
    listed = ", ".join(f"{key} in {file.name}" for file, key in clear)
    file, key = next(((file, key) for file, key in clear if file != case.project_file), clear[0])
    path = "" if key in SECRET_SETTINGS else "--path "
    stack = "" if file == case.project_file else f" --stack {file.name.removeprefix('Pulumi.').rpartition('.')[0]}"
    return Problem(
        f"Not encrypted: {listed}.",
        f"Set each anew: pulumi config set --secret {path}{quote_config_path(key)}{stack}\n"
        "and make the old values invalid where the file has left this machine, its history in git included.",
    )
