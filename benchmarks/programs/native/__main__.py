"""Program with connections of this project's native provider."""

from declared import connections, to_arguments

from pulumi_adobe.native import DatabricksSourceConnection

for logical_name, fields in connections():
    DatabricksSourceConnection(logical_name, **to_arguments(fields))
