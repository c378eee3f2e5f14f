"""What a run knows before it has sent anything, and that it makes each thing once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.schema.resource_schema import ResourceSchema
from tests.provider.lifecycle.world import ORG

ACCESS = Credentials(
    endpoint="http://127.0.0.1:9",
    ims_endpoint="http://127.0.0.1:9",
    org_id=ORG,
    sandbox="dev",
    client_id="id",
    client_secret="planted-client-secret",
    access_token="planted-access-token",
    scopes="openid",
    timeout=1.0,
)
PARTS = ("service", "existing", "pages", "specs", "explored", "dataflows")


class Connections:
    """Makes clients, and counts them."""

    def __init__(self) -> None:
        self.made: list[FlowServiceClient] = []
        self.redactor = Redactor()
        self.run = ProviderContext(ACCESS, self.redactor, Options(), lambda _: None, self._connect)

    def _connect(self) -> FlowServiceClient:
        self.made.append(FlowServiceClient(ACCESS, self.redactor))
        return self.made[-1]


def test_credentials_are_secrets_before_there_is_a_client() -> None:
    connections = Connections()

    assert connections.redactor.redact("planted-client-secret, planted-access-token") == "[secret], [secret]"
    assert connections.made == []


def test_threads_that_need_it_at_the_same_time_share_one_of_each() -> None:
    connections, together = Connections(), Barrier(8)

    def parts(_: int) -> list[int]:
        together.wait(timeout=10)
        return [id(getattr(connections.run, name)) for name in PARTS]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(parts, range(8)))

    assert len(connections.made) == 1
    assert all(each == found[0] for each in found)


def test_a_resource_is_called_by_its_kind_its_name_and_its_id() -> None:
    declaration = ResourceSchema("Connection", "connections", ())

    assert describe_resource(declaration, {"name": "lake"}) == 'Connection "lake"'
    assert describe_resource(declaration, {"name": "lake"}, "id-1") == 'Connection "lake" (id-1)'
    assert describe_resource(declaration, {}) == 'Connection ""'
