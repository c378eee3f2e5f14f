"""Connections to Google BigQuery, Azure Blob Storage, MySQL and PostgreSQL by their typed classes."""

from __future__ import annotations

import pulumi

from pulumi_adobe import (
    AzureBlobSasUri,
    AzureBlobSourceConnection,
    BigQueryServiceAccount,
    BigQuerySourceConnection,
    MySQLPassword,
    MySQLSourceConnection,
    PostgreSQLPassword,
    PostgreSQLSourceConnection,
)

config = pulumi.Config()

events = BigQuerySourceConnection(
    "events",
    name="Web events",
    auth=BigQueryServiceAccount(project_id="acme-web", key_file_content=config.require_secret("bigQueryKey")),
)
files = AzureBlobSourceConnection(
    "files",
    name="Partner files",
    auth=AzureBlobSasUri(sas_uri=config.require_secret("sasUri"), container="partners"),
)
shop = PostgreSQLSourceConnection(
    "shop",
    name="Shop database",
    auth=PostgreSQLPassword(
        server="shop.example.com",
        port=5432,
        database="shop",
        username="adobe",
        password=config.require_secret("shopPassword"),
    ),
)

crm = MySQLSourceConnection(
    "crm",
    name="CRM database",
    auth=MySQLPassword(
        server="crm.example.com", database="crm", username="adobe", password=config.require_secret("crmPassword")
    ),
)

pulumi.export("ids", [events.id, files.id, shop.id, crm.id])
