"""The connections that every peer declares; they differ in their names, and the description of the first may change."""

import os

FIXED = {
    "authSpec": "Access Token Authentication",
    "connectionSpec": {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"},
}
"""The inputs that follow from the type of the resource."""

OUTPUTS = {
    "etag": '"b2faac3d-0000-0200-0000-6b0559dc0000"',
    "state": "enabled",
    "createdAt": "2026-11-25T22:52:43.000Z",
    "createdBy": "emulator-client-id",
    "sandboxName": "dev",
    "orgId": "0123456789ABCDEF01234567@AdobeOrg",
}
"""The outputs that the providers that do nothing return, as long as those of Flow Service."""


def connections():
    """Yield the logical name and the fields of each connection."""
    for number in range(int(os.environ["BENCH_CONNECTIONS"])):
        edition = os.environ.get("BENCH_EDITION", "first") if number == 0 else "first"
        yield (
            f"lake-{number:04}",
            {
                "name": f"Databricks connection {number:04}",
                "description": f"A Databricks base connection to Experience Platform, {edition} edition",
                "domain": "https://adb-1234567890123456.7.azuredatabricks.net",
                "clusterId": "0612-200003-abc123",
                "accessToken": f"dapi-benchmark-{number:04}",
                "database": "acme-db",
            },
        )


def to_arguments(fields):
    """Return the fields as the arguments of a resource class in Python."""
    return {
        **{name: fields[name] for name in ("name", "description", "domain", "database")},
        "cluster_id": fields["clusterId"],
        "access_token": fields["accessToken"],
    }
