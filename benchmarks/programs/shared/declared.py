"""The connections that every peer declares; they differ in their names, and the description of the first may change."""

import os


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
