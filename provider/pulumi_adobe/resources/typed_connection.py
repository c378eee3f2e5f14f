"""A base connection of one source of the catalogue, with typed ways to authenticate."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

import pulumi

from pulumi_adobe.resources.auth import TypedAuth
from pulumi_adobe.resources.base_connection import BaseConnection

A = TypeVar("A", bound=TypedAuth)


class TypedBaseConnection(BaseConnection, Generic[A]):
    """What the typed classes share; each names its source of the catalogue."""

    source: ClassVar[str]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        auth: A,
        name: pulumi.Input[str],
        description: pulumi.Input[str] | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        force_destroy: pulumi.Input[bool] | None = None,
        test: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it. Raises pulumi.RunError where plain values are wrong: every problem, none with a value.

        Args:
            resource_name: What Pulumi calls it.
            auth: How it authenticates, see below.
            name: Its name in Experience Platform.
            description: What it is for.
            adopt_id: The id of one to take over, where this one is not made yet; without effect afterwards.
            force_destroy: Whether a deletion deletes the dataflows on it too; only what an `up` has stored counts.
            test: What a failed test of it is: `auto`, `fail`, `warn` or `off`; in the place of `adobe:test`.
            opts: Pulumi's options.
        """
        super().__init__(
            resource_name,
            auth=auth,
            source=self.source,
            name=name,
            description=description,
            adopt_id=adopt_id,
            force_destroy=force_destroy,
            test=test,
            opts=opts,
        )
