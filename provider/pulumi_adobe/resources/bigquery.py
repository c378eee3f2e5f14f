"""The base connection to Google BigQuery.

Adobe: help/sources/tutorials/api/create/databases/bigquery.md, with its parameters and their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

import pulumi

from pulumi_adobe.resources.auth import TypedAuth
from pulumi_adobe.resources.typed_connection import TypedBaseConnection


@dataclass(kw_only=True)
class BigQueryOAuth(TypedAuth):
    """Adobe's auth spec "Basic Authentication"."""

    auth_spec: ClassVar[str] = "Basic Authentication"

    project: pulumi.Input[str]
    """Default project to query."""

    client_id: pulumi.Input[str]
    """OAuth client id."""

    client_secret: pulumi.Input[str] = field(repr=False)
    """OAuth client secret; a secret."""

    refresh_token: pulumi.Input[str] = field(repr=False)
    """OAuth refresh token; a secret."""

    large_results_data_set_id: pulumi.Input[str] | None = None
    """Existing dataset used for large results."""


@dataclass(kw_only=True)
class BigQueryServiceAccount(TypedAuth):
    """Adobe's auth spec "Service Authentication"."""

    auth_spec: ClassVar[str] = "Service Authentication"

    project_id: pulumi.Input[str]
    """Default project to query."""

    key_file_content: pulumi.Input[str] = field(repr=False)
    """Base64 of the service account key file; a secret."""

    large_results_data_set_id: pulumi.Input[str] | None = None
    """Existing dataset used for large results (Azure)."""

    dataset_id: pulumi.Input[str] | None = None
    """Dataset with the tables (AWS deployments)."""


BigQueryAuth: TypeAlias = BigQueryOAuth | BigQueryServiceAccount
"""The auth classes of this source."""


class BigQuerySourceConnection(TypedBaseConnection[BigQueryAuth], module="adobe", name="BigQuerySourceConnection"):
    """A base connection from Experience Platform to Google BigQuery."""

    source = "google-bigquery"
