"""The base class of the typed connections: one source of the catalogue, with typed auth classes."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

import pulumi

from pulumi_adobe.resources.auth import TypedAuth
from pulumi_adobe.resources.base_connection import BaseConnection
from pulumi_adobe.sources.names import SourceName

A = TypeVar("A", bound=TypedAuth)


class TypedBaseConnection(BaseConnection, Generic[A]):
    """A base connection to one source. A subclass names the source of the catalogue."""

    source: ClassVar[SourceName]

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
        """Declare the connection.

        Args:
            resource_name: The resource's name in Pulumi.
            auth: How the connection authenticates.
            name: The name in Experience Platform.
            description: The purpose.
            adopt_id: The id of an existing connection to adopt. Has no effect once this resource exists.
            force_destroy: If `True`, deleting the connection also deletes its dataflows. Takes effect after the
                next `pulumi up`.
            test: How to treat a failed connection test: `auto`, `fail`, `warn` or `off`. Overrides `adobe:test`.
            opts: Pulumi's resource options.

        Raises:
            pulumi.RunError: Known values are wrong. The message has every problem, and no value.
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
