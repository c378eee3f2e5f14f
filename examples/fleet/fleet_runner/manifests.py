"""Manifests of the Pulumi Kubernetes Operator for the sandboxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import yaml

from fleet_runner.sandboxes import Sandbox

NAMESPACE: Final = "fleet"
REPOSITORY: Final = "https://github.com/acme/adobe-fleet"
"""The repository with your copy of this example; change it."""
IMAGE: Final = "pulumi/pulumi:3.259.0-nonroot"
"""An image with Python; the operator runs `pulumi install` for the packages."""
_SECRETS: Final = ("ADOBE_CLIENT_SECRET", "DATABRICKS_TOKEN", "PULUMI_CONFIG_PASSPHRASE")
_HOUR: Final = 3600


def build_stacks(sandboxes: Sequence[Sandbox]) -> str:
    """Return a `Stack` resource of the Pulumi operator for each sandbox, as YAML."""
    head = "# Made from sandboxes.yaml by `python -m fleet_runner manifests`.\n"
    return head + yaml.safe_dump_all(
        [_build_stack(sandbox) for sandbox in sandboxes], sort_keys=False, explicit_start=True
    )


def _build_stack(sandbox: Sandbox) -> dict[str, Any]:
    return {
        "apiVersion": "pulumi.com/v1",
        "kind": "Stack",
        "metadata": {"name": sandbox.name, "namespace": NAMESPACE},
        "spec": {
            "serviceAccountName": "fleet",
            "stack": sandbox.name,
            "projectRepo": REPOSITORY,
            "repoDir": ".",
            "branch": "main",
            "backend": "s3://acme-pulumi-state?region=eu-central-1",
            "envRefs": {name: _build_secret_reference(name) for name in _SECRETS},
            "config": dict(sandbox.config),
            "workspaceTemplate": {"spec": {"image": IMAGE}},
            "workspaceReclaimPolicy": "Delete",
            "refresh": True,
            "continueResyncOnCommitMatch": True,
            "resyncFrequencySeconds": 6 * _HOUR,
        },
    }


def _build_secret_reference(name: str) -> dict[str, Any]:
    return {"type": "Secret", "secret": {"name": "fleet", "key": name}}
