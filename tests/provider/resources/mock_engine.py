"""A mock of Pulumi's engine, which records the resources that a program registers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pulumi
import pytest
from pulumi.runtime import mocks

DATABRICKS_ARGUMENTS: dict[str, Any] = {
    "name": "lake",
    "domain": "https://adb-1.7.azuredatabricks.net",
    "cluster_id": "0612-200003-abc123",
    "access_token": "dapi-0123456789",
    "database": "acme-db",
}

ignore_warnings_of_sdk = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::RuntimeWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
"""For modules that use Pulumi's mocks, which leave coroutines and event loops behind."""


class MockEngine(pulumi.runtime.Mocks):
    """Records the registered resources, and returns their inputs as outputs."""

    def __init__(self) -> None:
        self.registered_resources: list[mocks.MockResourceArgs] = []

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.registered_resources.append(args)
        return f"{args.name}-id", {**args.inputs, "etag": '"1"', "createdAt": "now", "orgId": "ORG"}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        raise NotImplementedError(args.token)

    def get_inputs(self, resource_name: str) -> dict[str, Any]:
        """Return the registered inputs of a resource."""
        return next(dict(args.inputs) for args in self.registered_resources if args.name == resource_name)

    def get_params(self, resource_name: str) -> Any:
        """Return the parameters of a base connection.

        The mocks mark the whole object as secret if one member is; the engine does not.
        """
        params = self.get_inputs(resource_name)["params"]
        return params.get("value", params)


def get_value(output: pulumi.Output[Any]) -> Any:
    """Wait for an output, and return its value."""
    values: list[Any] = []
    pulumi.runtime.test(lambda: output.apply(values.append))()  # type: ignore[no-untyped-call]  # the SDK has no types here
    return values[-1]


def is_secret(output: pulumi.Output[Any]) -> bool:
    """Wait for an output, and return whether it is a secret."""
    return _wait_for(output.is_secret)


def is_known(output: pulumi.Output[Any]) -> bool:
    """Wait for an output, and return whether the program knows its value."""
    return _wait_for(output.is_known)


def _wait_for(ask: Callable[[], Awaitable[bool]]) -> bool:
    answers: list[bool] = []

    async def record_answer() -> None:
        answers.append(await ask())

    pulumi.runtime.test(record_answer)()  # type: ignore[no-untyped-call]  # the SDK has no types here
    return answers[-1]
