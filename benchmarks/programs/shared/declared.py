"""What every peer declares: so many connections, all alike but for their names; the first's description may change."""

import os


def connections():
    """The logical name and the fields of each."""
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
