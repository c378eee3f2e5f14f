"""Program with the same resources and properties, of a native provider that does nothing."""

import pulumi
from declared import connections

FIXED = {
    "authSpec": "Access Token Authentication",
    "connectionSpec": {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"},
}


class DatabricksSourceConnection(pulumi.CustomResource):
    """A resource without types or documentation, as short as one can be."""

    def __init__(self, name, properties):
        super().__init__("nothing:index:DatabricksSourceConnection", name, properties)


for logical_name, fields in connections():
    secret = pulumi.Output.secret(fields["accessToken"])
    DatabricksSourceConnection(logical_name, {**fields, **FIXED, "accessToken": secret})
