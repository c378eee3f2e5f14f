"""The base connection to Amazon S3.

Adobe: help/sources/tutorials/api/create/cloud-storage/s3.md, with its parameters and their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

import pulumi

from pulumi_adobe.resources.auth import TypedAuth
from pulumi_adobe.resources.typed_connection import TypedBaseConnection


@dataclass(kw_only=True)
class S3AccessKey(TypedAuth):
    """Adobe's auth spec "Access Key"."""

    auth_spec: ClassVar[str] = "Access Key"

    s3_access_key: pulumi.Input[str]
    """Access key id."""

    s3_secret_key: pulumi.Input[str] = field(repr=False)
    """Secret key; a secret."""

    s3_session_token: pulumi.Input[str] | None = field(default=None, repr=False)
    """Temporary session token; a secret."""

    service_url: pulumi.Input[str] | None = None
    """Regional endpoint."""

    bucket_name: pulumi.Input[str] | None = None
    """Bucket, for restricted users."""

    folder_path: pulumi.Input[str] | None = None
    """Folder, for restricted users."""


@dataclass(kw_only=True)
class S3Role(TypedAuth):
    """Adobe's auth spec "IAMRole Based"."""

    auth_spec: ClassVar[str] = "IAMRole Based"

    bucket_name: pulumi.Input[str]
    """Bucket (AWS deployments)."""


S3Auth: TypeAlias = S3AccessKey | S3Role
"""The auth classes of this source."""


class S3SourceConnection(TypedBaseConnection[S3Auth], module="adobe", name="S3SourceConnection"):
    """A base connection from Experience Platform to Amazon S3."""

    source = "amazon-s3"
