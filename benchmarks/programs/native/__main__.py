"""Program with connections of this project's native provider."""

from declared import connections

from pulumi_adobe.native import DatabricksSourceConnection

for logical_name, fields in connections():
    DatabricksSourceConnection(
        logical_name,
        name=fields["name"],
        description=fields["description"],
        domain=fields["domain"],
        cluster_id=fields["clusterId"],
        access_token=fields["accessToken"],
        database=fields["database"],
    )
