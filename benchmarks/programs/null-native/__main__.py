"""Program with the same resources and properties, of a native provider that does nothing."""

import pulumi
from declared import FIXED, connections


class DatabricksSourceConnection(pulumi.CustomResource):
    """A resource without types or documentation, as short as one can be."""

    def __init__(self, name, properties):
        super().__init__("nothing:index:DatabricksSourceConnection", name, properties)


for logical_name, fields in connections():
    secret = pulumi.Output.secret(fields["accessToken"])
    DatabricksSourceConnection(logical_name, {**fields, **FIXED, "accessToken": secret})
