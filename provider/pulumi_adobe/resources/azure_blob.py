"""The base connection to Azure Blob Storage.

Adobe: help/sources/tutorials/api/create/cloud-storage/blob.md, with its parameters and their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

import pulumi

from pulumi_adobe.resources.auth import TypedAuth
from pulumi_adobe.resources.typed_connection import TypedBaseConnection


@dataclass(kw_only=True)
class AzureBlobConnectionString(TypedAuth):
    """Adobe's auth spec "ConnectionString"."""

    auth_spec: ClassVar[str] = "ConnectionString"

    connection_string: pulumi.Input[str] = field(repr=False)
    """Storage connection string with the account key; a secret."""

    container: pulumi.Input[str] | None = None
    """Container."""

    folder_path: pulumi.Input[str] | None = None
    """Folder to expose."""


@dataclass(kw_only=True)
class AzureBlobSasUri(TypedAuth):
    """Adobe's auth spec "SAS URI Authentication"."""

    auth_spec: ClassVar[str] = "SAS URI Authentication"

    sas_uri: pulumi.Input[str] = field(repr=False)
    """Shared access signature URI; a secret."""

    container: pulumi.Input[str] | None = None
    """Container."""

    folder_path: pulumi.Input[str] | None = None
    """Folder to expose."""


@dataclass(kw_only=True)
class AzureBlobServicePrincipal(TypedAuth):
    """Adobe's auth spec "Service Principal Based Authentication"."""

    auth_spec: ClassVar[str] = "Service Principal Based Authentication"

    service_endpoint: pulumi.Input[str]
    """Blob endpoint URL."""

    service_principal_id: pulumi.Input[str]
    """Client id."""

    service_principal_key: pulumi.Input[str] = field(repr=False)
    """Client secret; a secret."""

    account_kind: pulumi.Input[str]
    """Storage, StorageV2, BlobStorage or BlockBlobStorage."""

    tenant: pulumi.Input[str]
    """Tenant id."""

    container: pulumi.Input[str] | None = None
    """Container."""

    folder_path: pulumi.Input[str] | None = None
    """Folder to expose."""


AzureBlobAuth: TypeAlias = AzureBlobConnectionString | AzureBlobSasUri | AzureBlobServicePrincipal
"""The auth classes of this source."""


class AzureBlobSourceConnection(TypedBaseConnection[AzureBlobAuth], module="adobe", name="AzureBlobSourceConnection"):
    """A base connection from Experience Platform to Azure Blob Storage."""

    source = "azure-blob-storage"
