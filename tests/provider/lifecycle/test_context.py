"""The provider context: what one process shares, the place that it works on, and the secrets that it redacts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter
from threading import Barrier

import pytest

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.config.options import Options
from pulumi_adobe.config.resolve import Settings
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import WrongPlace
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from tests.provider.lifecycle.world import LAKE, ORG, World

CREDENTIALS = Credentials(
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
MEMBERS = ("service", "existing_entities", "newest_pages", "connection_specs", "metadata", "dataflows")
SCHEMA_WITH_SECRET_OBJECT = ResourceSchema(
    "Any", "connections", (Field("params", ("auth", "params"), secret=True, type=dict),)
)


class ContextWithoutService:
    """A context that records the clients which it creates."""

    def __init__(self) -> None:
        self.clients: list[FlowServiceClient] = []
        self.redactor = Redactor()
        self.context = ProviderContext(
            Settings(CREDENTIALS, Options()), self.redactor, lambda _: None, self._connect, attrgetter("label")
        )

    def _connect(self) -> FlowServiceClient:
        self.clients.append(FlowServiceClient(CREDENTIALS, self.redactor))
        return self.clients[-1]


def test_the_credentials_are_redacted_before_there_is_a_client() -> None:
    world = ContextWithoutService()

    assert world.redactor.redact("planted-client-secret, planted-access-token") == "[secret], [secret]"
    assert world.clients == []


def test_concurrent_threads_share_one_of_each_member() -> None:
    world, barrier = ContextWithoutService(), Barrier(8)

    def get_member_ids(_: int) -> list[int]:
        barrier.wait(timeout=10)
        return [id(getattr(world.context, name)) for name in MEMBERS]

    with ThreadPoolExecutor(8) as threads:
        member_ids = list(threads.map(get_member_ids, range(8)))

    assert len(world.clients) == 1
    assert all(ids == member_ids[0] for ids in member_ids)
    assert len(set(member_ids[0])) == len(MEMBERS)


def test_a_resource_is_described_by_type_name_and_id() -> None:
    schema = ResourceSchema("Connection", "connections", ())

    assert describe_resource(schema, {"name": "lake"}) == 'Connection "lake"'
    assert describe_resource(schema, {"name": "lake"}, "id-1") == 'Connection "lake" (id-1)'
    assert describe_resource(schema, {}) == 'Connection ""'


def test_nested_values_of_a_secret_object_are_redacted(world: World) -> None:
    process = world.start_process()

    process.context.learn_secrets(SCHEMA_WITH_SECRET_OBJECT, {"params": {"a": {"b": "nested-secret-value"}}})

    assert process.service.redactor.redact("x nested-secret-value x") == "x [secret] x"


@pytest.mark.parametrize(
    ("prior_place", "settings", "configured"),
    [
        ({"orgId": "OTHER@AdobeOrg"}, ("adobe:orgId", "ADOBE_ORG_ID"), ORG),
        ({"sandboxName": "prod"}, ("adobe:sandbox", "ADOBE_SANDBOX"), "dev"),
    ],
    ids=["organization", "sandbox"],
)
def test_a_resource_of_another_place_is_refused_with_both_places_and_the_setting(
    world: World, created: CreatedResource, prior_place: dict[str, str], settings: tuple[str, str], configured: str
) -> None:
    with pytest.raises(WrongPlace) as error:
        world.start_process().lifecycle.delete(created.id, {**created.outputs, **prior_place})

    (recorded,) = prior_place.values()
    facts = (
        LAKE,
        "explicit provider",
        f'created in "{recorded}"',
        *settings,
        f'now "{configured}"',
        "It was not changed",
    )
    assert all(fact in error.value.message for fact in facts)
    assert f'"{recorded}"' in error.value.hint
    assert f'"{configured}"' in error.value.hint
    assert len(world.list_connections()) == 1
