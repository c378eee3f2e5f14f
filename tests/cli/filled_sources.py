"""The ways to authenticate to twelve sources, as texts with the number of a connection and its secret."""

from __future__ import annotations

from typing import Any

AUTH: dict[str, dict[str, dict[str, Any]]] = {
    "databricks": {
        "Access Token Authentication": {
            "domain": "https://adb-100000000000{n:04}.7.azuredatabricks.net",
            "clusterId": "0612-2000{n:02}-abc{n:03}",
            "accessToken": "{secret}",
            "database": "acme_{n}",
        }
    },
    "postgresql": {
        "Basic Authentication": {
            "server": "pg-{n}.acme.example",
            "port": 5432,
            "database": "orders",
            "username": "aep_{n}",
            "password": "{secret}",
            "sslMode": "verify-full",
        },
        "Connection String Based Authentication": {"connectionString": "Host=pg-{n}.acme.example;Password={secret}"},
    },
    "mysql": {
        "Basic Authentication": {
            "server": "mysql-{n}.acme.example",
            "database": "shop",
            "username": "aep",
            "password": "{secret}",
        }
    },
    "snowflake": {
        "Basic Authentication": {
            "host": "acme-{n}.snowflakecomputing.com",
            "port": "443",
            "username": "AEP_LOADER",
            "password": "{secret}",
            "database": "ANALYTICS",
            "warehouse": "LOAD_WH",
            "schema": "PUBLIC",
        },
        "KeyPair Authentication": {
            "account": "acme-{n}.eu-central-1",
            "username": "AEP_LOADER",
            "database": "ANALYTICS",
            "privateKey": "LS0t{secret}",
            "privateKeyPassphrase": "{secret}-phrase",
            "warehouse": "LOAD_WH",
        },
    },
    "amazon-s3": {
        "Access Key": {"s3AccessKey": "AKIAEXAMPLE{n:05}", "s3SecretKey": "{secret}", "bucketName": "acme-{n}"},
        "IAMRole Based": {"bucketName": "acme-raw-{n}"},
    },
    "azure-blob-storage": {
        "ConnectionString": {
            "connectionString": "AccountName=acme{n};AccountKey={secret}",
            "container": "raw",
            "folderPath": "/in/täglich/",
        },
        "SAS URI Authentication": {"sasUri": "https://acme{n}.blob.core.windows.net/raw?sig={secret}"},
        "Service Principal Based Authentication": {
            "serviceEndpoint": "https://acme{n}.blob.core.windows.net",
            "servicePrincipalId": "11111111-2222-3333-4444-{n:012}",
            "servicePrincipalKey": "{secret}",
            "accountKind": "StorageV2",
            "tenant": "acme.example",
        },
    },
    "sftp": {
        "Basic Authentication for sftp": {
            "host": "sftp-{n}.acme.example",
            "port": 22,
            "userName": "aep",
            "password": "{secret}",
            "maxConcurrentConnections": 4,
            "disableChunking": False,
        },
        "SSH PublicKey Authentication for sftp": {
            "host": "sftp-{n}.acme.example",
            "userName": "aep",
            "privateKeyContent": "LS0t{secret}",
        },
    },
    "salesforce": {
        "Basic Authentication": {
            "environmentUrl": "https://acme-{n}.my.salesforce.com",
            "username": "aep@acme.example",
            "password": "{secret}",
            "securityToken": "{secret}-token",
        },
        "OAuth2 Client Credential": {
            "environmentUrl": "https://acme-{n}.my.salesforce.com",
            "clientId": "3MVG9-{n}",
            "clientSecret": "{secret}",
            "apiVersion": "60.0",
            "includeDeletedObjects": True,
        },
    },
    "google-bigquery": {
        "Service Authentication": {"projectId": "acme-{n}", "keyFileContent": '{{"private_key": "{secret}"}}'}
    },
    "azure-event-hubs": {
        "Azure EventHub authentication credentials": {
            "sasKeyName": "RootManageSharedAccessKey",
            "sasKey": "{secret}",
            "namespace": "acme-{n}",
        }
    },
    "shopify": {"Access Token Based": {"host": "acme-{n}.myshopify.com", "accessToken": "{secret}"}},
    "apache-hdfs": {"Anonymous Authentication": {"url": "http://hdfs-{n}.acme.example:50070"}},
}
