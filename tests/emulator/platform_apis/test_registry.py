"""What the Schema Registry, Catalog and the landing zone add to what they list."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import DATASET, SCHEMA

SHORT_ID = "_acme.schemas.orders"


def get(adobe: AdobeClient, path: str, **query: str) -> Any:
    answer = adobe.session.get(f"{adobe.url}/data/foundation{path}", params=query, timeout=10)
    assert answer.ok, answer.text
    return answer.json()


def test_list_of_schemas_has_their_short_ids(adobe: AdobeClient) -> None:
    listed = {schema["$id"]: schema for schema in get(adobe, "/schemaregistry/tenant/schemas")["results"]}

    assert listed[SCHEMA]["meta:altId"] == SHORT_ID
    assert listed[SCHEMA]["version"] == "1.0"


@pytest.mark.parametrize("id_", [SHORT_ID, "https%3A%2F%2Fns.adobe.com%2Facme%2Fschemas%2Forders"])
def test_schema_is_found_by_both_of_its_ids(adobe: AdobeClient, id_: str) -> None:
    assert get(adobe, f"/schemaregistry/tenant/schemas/{id_}")["title"] == "ACME orders"


@pytest.mark.parametrize("path", ["/catalog/dataSets", f"/catalog/dataSets/{DATASET}"])
def test_dataset_includes_its_classification(adobe: AdobeClient, path: str) -> None:
    assert get(adobe, path)[DATASET]["classification"] == {"dataBehavior": "record", "managedBy": "CUSTOMER"}


def test_data_landing_zone_is_one_container(adobe: AdobeClient) -> None:
    zone = get(adobe, "/connectors/landingzone", type="user_drop_zone")
    credentials = get(adobe, "/connectors/landingzone/credentials", type="user_drop_zone")

    assert zone == {"containerName": "dlz-user-container", "containerTTL": "7"}
    assert credentials["containerName"] == zone["containerName"]
