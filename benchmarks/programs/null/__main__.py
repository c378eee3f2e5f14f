"""Program with the same resources and properties, of a provider that does nothing."""

import pulumi
from declared import connections
from nothing import OUTPUTS, NothingProvider
from pulumi import dynamic

FIXED = {
    "authSpec": "Access Token Authentication",
    "connectionSpec": {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"},
}


class DatabricksSourceConnection(dynamic.Resource, module="adobe", name="DatabricksSourceConnection"):
    """A resource of the same type token, so that the state is as long."""


for logical_name, fields in connections():
    owner = f"{pulumi.get_project()}/{pulumi.get_stack()}/{logical_name}"
    secret = pulumi.Output.secret(fields["accessToken"])
    properties = {**dict.fromkeys(OUTPUTS), **fields, **FIXED, "accessToken": secret, "owner": owner}
    DatabricksSourceConnection(NothingProvider(), logical_name, properties)
