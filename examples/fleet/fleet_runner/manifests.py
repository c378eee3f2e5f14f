"""The sandboxes as manifests of the Pulumi Kubernetes Operator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import yaml

from fleet_runner.sandboxes import Sandbox

NAMESPACE: Final = "fleet"
REPOSITORY: Final = "https://github.com/acme/adobe-fleet"
"""Where a clone of this example lies; to be changed."""
IMAGE: Final = "pulumi/pulumi:3.259.0-nonroot"
"""Python is in it; the operator runs `pulumi install` for the rest."""
_SECRETS: Final = ("ADOBE_CLIENT_SECRET", "DATABRICKS_TOKEN", "PULUMI_CONFIG_PASSPHRASE")
_HOUR: Final = 3600


def stacks(listed: Sequence[Sandbox]) -> str:
    """A `Stack` for each, as YAML; `python -m fleet_runner manifests` writes it."""
    head = "# Made from sandboxes.yaml by `python -m fleet_runner manifests`.\n"
    return head + yaml.safe_dump_all([_stack(each) for each in listed], sort_keys=False, explicit_start=True)


def _stack(sandbox: Sandbox) -> dict[str, Any]:
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
            "envRefs": {name: _secret(name) for name in _SECRETS},
            "config": dict(sandbox.config),
            "workspaceTemplate": {"spec": {"image": IMAGE}},
            "workspaceReclaimPolicy": "Delete",
            "refresh": True,
            "continueResyncOnCommitMatch": True,
            "resyncFrequencySeconds": 6 * _HOUR,
        },
    }


def _secret(name: str) -> dict[str, Any]:
    return {"type": "Secret", "secret": {"name": "fleet", "key": name}}
