"""The target of an export: the Pulumi project that will hold the program, and the stack of each sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adobe_flow.export.collect import SandboxExport
from adobe_flow.pulumi_cli.project import find_project_file, find_stack_file, read_yaml
from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.config.settings import NAMESPACE, SETTINGS_TABLE

DEFAULT_PROJECT: Final = "experience-platform"
"""The name of a project that the export creates."""

_CLIENT_SECRET: Final = f"{NAMESPACE}:clientSecret"


@dataclass(frozen=True)
class StackTarget:
    """A stack that will manage what was exported of one sandbox.

    Attributes:
        export: What was exported.
        project: The name of the Pulumi project.
        stack: The name of the stack.
        suffix: The end of the names of the stack's own files; empty if the export has one stack only.
        credentials: The settings by which the sandbox was read.
        exists: Whether the stack exists already.
    """

    export: SandboxExport
    project: str
    stack: str
    suffix: str
    credentials: Credentials
    exists: bool = False

    @property
    def import_file(self) -> str:
        """The name of the file for `pulumi import`."""
        return f"import{self.suffix}.json"

    @property
    def adoption_file(self) -> str:
        """The name of the file for `adobe-flow adopt --map-file`, another way than `pulumi import`."""
        return f"adoption{self.suffix}.json"

    @property
    def secrets_script(self) -> str:
        """The name of the script that asks for the secrets."""
        return f"set-secrets{self.suffix}.sh"

    @property
    def secret_commands(self) -> list[str]:
        """The commands that fill in the secrets; each asks for its value."""
        # A stack that exists has its credentials already, or takes them from the environment.
        needs_client_secret = self.credentials.client_secret and not self.exists
        keys = [*([_CLIENT_SECRET] if needs_client_secret else []), *self.export.secret_keys]
        return [f"pulumi config set --stack {self.stack} --secret {key}" for key in keys]

    def build_config(self, extra: Mapping[str, str]) -> dict[str, str]:
        """Return the stack's config without secrets.

        Args:
            extra: Values of the project's own namespace, besides those that the program reads for this sandbox.
        """
        settings = {
            "endpoint": self.credentials.endpoint,
            "imsEndpoint": self.credentials.ims_endpoint,
            "orgId": self.credentials.org_id,
            "sandbox": self.credentials.sandbox,
            "clientId": self.credentials.client_id,
        }
        defaults = {setting.key: setting.default for setting in SETTINGS_TABLE}
        own = {f"{self.project}:{key}": value for key, value in {**extra, **self.export.config}.items()}
        chosen = {key: value for key, value in settings.items() if value != defaults.get(key)}
        return {**{f"{NAMESPACE}:{key}": value for key, value in chosen.items()}, **own}

    def find_config_file(self, folder: Path) -> Path:
        """Return the stack's file of the project in a folder, whether it exists yet or not.

        A folder without a project becomes one, also below a folder that has one.
        """
        is_project = _find_own_project_file(folder) is not None
        return find_stack_file(folder, self.stack) if is_project else folder / f"Pulumi.{self.stack}.yaml"


def build_stack_targets(
    exports: Sequence[SandboxExport], credentials: Mapping[str, Credentials], project: str, stack: str | None
) -> list[StackTarget]:
    """Return the stack of each sandbox in which something is declared; that of the only sandbox in any case.

    Args:
        exports: What was exported of each sandbox.
        credentials: The settings by which each sandbox was read, by its name.
        project: The name of the Pulumi project.
        stack: The stack that is to manage what was exported of the only sandbox; by default it is called like it.
    """
    is_single = len(exports) == 1
    return [
        StackTarget(
            export,
            project,
            stack.rpartition("/")[2] if stack and is_single else export.sandbox,
            "" if is_single else f"-{export.sandbox}",
            credentials[export.sandbox],
            exists=bool(stack) and is_single,
        )
        for export in exports
        if is_single or export.declarations
    ]


def find_project_name(folder: Path, stack_folder: Path | None) -> str:
    """Return the name of the project in which the program will be; that of a new project if there is none.

    Args:
        folder: The folder of the program. A project above it is another one.
        stack_folder: The folder of the stack that is to manage the program, if it exists.
    """
    for file in (_find_own_project_file(folder), find_project_file(stack_folder) if stack_folder else None):
        name = read_yaml(file).get("name") if file else None
        if isinstance(name, str) and name:
            return name
    return DEFAULT_PROJECT


def _find_own_project_file(folder: Path) -> Path | None:
    file = find_project_file(folder)
    return file if file is not None and file.parent == folder else None
