"""Program with the same resources and properties, of a provider that does nothing."""

import pulumi
from declared import FIXED, OUTPUTS, connections
from nothing import NothingProvider
from pulumi import dynamic


class DatabricksSourceConnection(dynamic.Resource, module="adobe", name="DatabricksSourceConnection"):
    """A resource of the same type token, so that the state is as long."""


for logical_name, fields in connections():
    owner = f"{pulumi.get_project()}/{pulumi.get_stack()}/{logical_name}"
    secret = pulumi.Output.secret(fields["accessToken"])
    properties = {**dict.fromkeys(OUTPUTS), **fields, **FIXED, "accessToken": secret, "owner": owner}
    DatabricksSourceConnection(NothingProvider(), logical_name, properties)
