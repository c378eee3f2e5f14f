"""A copy of a part of a stack's state, in a private folder: what goes wrong there has gone wrong nowhere else.

The copy has the stack's name, so that URNs are the same, but a backend and an encryption of its own. A state that is
imported keeps the secrets provider that it names, so ciphertexts of the stack can be put in as they are, and come out
decrypted, through pipes alone: no secret is on the disk in clear.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from adobe_flow.adopting.said import failed
from adobe_flow.private_folder import private_folder
from adobe_flow.stack import Stack
from pulumi_adobe.resource_names import parse_urn


@dataclass(frozen=True)
class StateCopy:
    """The copy: ``own`` is the stack in its private folder, ``beside`` the same seen from the user's project."""

    own: Stack
    beside: Stack
    envelope: Mapping[str, Any]

    def put(self, resources: Sequence[Mapping[str, Any]]) -> None:
        """Have these resources, and no others."""
        deployment = {**self.envelope["deployment"], "resources": list(resources)}
        deployment.pop("pending_operations", None)
        self.own.pulumi("stack", "import", given=json.dumps({**self.envelope, "deployment": deployment}))

    def resources(self) -> list[dict[str, Any]]:
        """What it has, decrypted."""
        return self.own.resources("--show-secrets")

    def refresh(self) -> None:
        """Have the provider read every resource. Runs in the user's project, whose Python has the provider."""
        file = self.own.folder / f"Pulumi.{self.own.name}.yaml"
        done = self.beside.run("refresh", "--yes", "--skip-preview", "--config-file", file)
        if done.returncode:
            raise failed(self.beside, "The connections could not be read", done, "Nothing was changed.")


@contextmanager
def copied(stack: Stack, urn: str, envelope: Mapping[str, Any]) -> Iterator[StateCopy]:
    """An empty copy of the stack that has the resource ``urn``; it is gone afterwards, whatever happens.

    ``envelope`` is the stack's exported state, whose secrets provider the resources that are put in were encrypted by.
    """
    name, project, *_ = parse_urn(urn)
    with private_folder() as home:
        (home / "state").mkdir()
        (home / "Pulumi.yaml").write_text(json.dumps({"name": project, "runtime": "python"}), "utf-8")
        environment = {**stack.environment, "PULUMI_BACKEND_URL": f"file://{home / 'state'}?metadata=skip"}
        if not {"PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"} & environment.keys():
            environment["PULUMI_CONFIG_PASSPHRASE"] = secrets.token_hex(32)
        own = Stack(home, name, environment)
        own.pulumi("stack", "init", "--no-select", "--secrets-provider", "passphrase")
        yield StateCopy(own, Stack(stack.folder, name, environment), envelope)
