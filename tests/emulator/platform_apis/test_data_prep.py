"""Mapping sets: the five printed forms, what is refused, validation, previews, and what runs make of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.emulator.adobe_client import AdobeClient
from tests.emulator.dataflows.way import DATASET, SCHEMA, Way
from tests.emulator_process import EmulatorProcess

SETS = "/conversion/mappingSets"
OLD = {"sourceAttribute": "order_id", "destinationXdmPath": "_id", "identity": False, "version": 0}
NEW = {"sourceType": "ATTRIBUTE", "source": "order_id", "destination": "_id"}
CALCULATED = {"destinationXdmPath": "_id", "sourceExpression": "order_id", "sourceType": "EXPRESSION"}
OLD_TOP = {"version": 0, "xdmSchema": SCHEMA, "xdmVersion": "1.0", "id": None}
NEW_TOP = {
    "outputSchema": {"schemaRef": {"id": SCHEMA, "contentType": "application/vnd.adobe.xed-full+json;version=1"}}
}
FORMS: dict[str, dict[str, Any]] = {
    "1": {**OLD_TOP, "mappings": [OLD]},
    "2": {**NEW_TOP, "mappings": [NEW]},
    "3": {**NEW_TOP, "mappings": [OLD]},
    "4": {**OLD_TOP, "mappings": [NEW]},
    "5": {**OLD_TOP, "mappings": [CALCULATED]},
}


@pytest.fixture
def way(emulator: EmulatorProcess) -> Any:
    with AdobeClient(emulator.url) as adobe:
        yield Way(adobe)


def send(way: Way, method: str, path: str, body: Any = None, status: int = 200, **query: Any) -> Any:
    answer = way.neighbour(method, f"{SETS}{path}", json=body, params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


def named(*mappings: tuple[str, str] | tuple[str, str, str], schema: str = SCHEMA) -> dict[str, Any]:
    listed = [
        {"source": source, "destination": destination, "sourceType": (*types, "ATTRIBUTE")[0]}
        for source, destination, *types in mappings
    ]
    return {"outputSchema": {"schemaRef": {"id": schema}}, "mappings": listed}


@pytest.mark.parametrize("form", FORMS)
def test_mapping_set_in_each_documented_form_is_stored_validated_previewed_and_run(
    emulator: EmulatorProcess, way: Way, form: str
) -> None:
    body = FORMS[form]
    created = send(way, "POST", "", body)
    assert set(created) == {"id", "version", "createdDate", "modifiedDate", "createdBy", "modifiedBy"}
    assert send(way, "POST", "/validate", body) == {"validationResponse": [{"status": "SUCCESS", "errors": None}]}
    preview = send(way, "POST", "/preview", {"data": [{"order_id": "O-9"}], "mappingSet": body})
    assert preview == [{"data": {"_id": "O-9"}, "errors": None}]

    shown = send(way, "PUT", f"/{created['id']}", body)
    assert shown == send(way, "GET", f"/{created['id']}")
    assert shown["version"] == 1
    (mapping,) = shown["mappings"]
    assert mapping["source"] == mapping["sourceAttribute"] == "order_id"
    assert mapping["destination"] == mapping["destinationXdmPath"] == "_id"
    assert mapping["sourceType"] == ("EXPRESSION" if form == "5" else "text/x.schema-path")

    way.mapping = created["id"]
    way.made("/flows", way.flow())
    emulator.turn_clock(120)
    assert emulator.rows(DATASET)[0] == {"_id": "O-5001"}


def test_put_removes_mappings_that_the_new_body_lacks(way: Way) -> None:
    id_ = send(way, "POST", "", {**FORMS["2"], "name": "first"})["id"]

    assert "name" not in send(way, "PUT", f"/{id_}", FORMS["2"])


@pytest.mark.parametrize(
    "mapping",
    [
        ("First Name", "_id"),
        ("2024", "_id"),
        ("a-b", "_id"),
        ("upper", "_id"),
        ("null", "_id"),
        ("a[x]", "_id"),
        ("a[1000]", "_id"),
        ("${open", "_id"),
        ("order_id", "_id[0]"),
        ("order_id", "_acme..amount"),
        ("order_id", "a" + ".a" * 60),
        ("", "_id"),
        ("order_id", ""),
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["", "/validate"])
def test_invalid_source_or_destination_path_is_refused(way: Way, mapping: tuple[str, str], path: str) -> None:
    answer = send(way, "POST", path, named(mapping), 200 if path else 400)

    assert not path or answer["validationResponse"][0]["status"] == "FAILED"


def test_validation_returns_a_result_per_mapping_in_order_and_names_each_failure(way: Way) -> None:
    body = named(
        ("order_id", "_id"),
        ("uper(order_id)", "_acme.status", "EXPRESSION"),
        ("x", "_acme.customerId", "STATIC"),
        ("amount", "_id"),
        ("amount", "nowhere"),
    )

    results = send(way, "POST", "/validate", body)["validationResponse"]

    assert [result["status"] for result in results] == ["SUCCESS", "FAILED", "SUCCESS", "FAILED", "FAILED"]
    (error,) = results[1]["errors"]
    assert (error["source"], error["destination"], error["sourceType"]) == (
        "uper(order_id)",
        "_acme.status",
        "EXPRESSION",
    )
    assert "uper" in error["exception"]


@pytest.fixture
def nested(way: Way) -> str:
    """The id of a schema with arrays and a map."""
    text = {"type": "string"}
    product = {"type": "object", "properties": {"sku": text, "name": text}}
    schema = {
        "title": "nested",
        "properties": {
            "_id": text,
            "items": {"type": "array", "items": product},
            "identityMap": {"additionalProperties": {"type": "array", "items": {"properties": {"id": text}}}},
            "product": product,
        },
    }
    return str(way.neighbour("POST", "/schemaregistry/tenant/schemas", json=schema).json()["$id"])


@pytest.mark.parametrize(
    ("mapping", "result"),
    [
        (("goods[*].code", "items[*].sku"), {"items": [{"sku": "a"}, {"sku": "b"}]}),
        (("goods[1].code", "items[0].sku"), {"items": [{"sku": "b"}]}),
        (("goods[0]", "product"), {"product": {"code": "a", "name": "A"}}),
        (("order.${unit price}", "_id"), {"_id": "9"}),
        ((r"${order\.id}", "items[1].sku"), {"items": [None, {"sku": "O"}]}),
        (("order.nothing", "_id"), {"_id": None}),
        (
            ('to_array(false, to_object("id", ${order\\.id}))', "identityMap.Email", "EXPRESSION"),
            {"identityMap": {"Email": [{"id": "O"}]}},
        ),
        ((r"${order\.id}", "identityMap.Email[0].id"), {"identityMap": {"Email": [{"id": "O"}]}}),
    ],
    ids=str,
)
def test_paths_can_lead_through_arrays_objects_and_maps(way: Way, nested: str, mapping: Any, result: Any) -> None:
    row = {
        "goods": [{"code": "a", "name": "A"}, {"code": "b", "name": "B"}],
        "order": {"unit price": "9"},
        "order.id": "O",
    }

    ((made),) = send(way, "POST", "/preview", {"data": [row], "mappingSet": named(mapping, schema=nested)})

    assert made == {"data": result, "errors": None}


def test_object_is_copied_before_other_mappings_write_into_it(way: Way, nested: str) -> None:
    mapping_set = named(("code", "product.sku"), ("product", "product"), schema=nested)
    row = {"product": {"sku": "old", "name": "A"}, "code": "new"}

    ((made),) = send(way, "POST", "/preview", {"data": row, "mappingSet": mapping_set})

    assert made["data"] == {"product": {"sku": "new", "name": "A"}}


@pytest.mark.parametrize(
    "destination", ["items[0].nothing", "items[0][0].sku", "_id.x", "identityMap.Email[0].nothing", "product[0]"]
)
def test_path_missing_in_the_schema_is_refused(way: Way, nested: str, destination: str) -> None:
    send(way, "POST", "", named(("a", destination), schema=nested), 400)


def test_map_keys_are_refused_if_the_switch_is_on(emulator: EmulatorProcess, way: Way, nested: str) -> None:
    body = named(("a", "identityMap.Email[0].id"), schema=nested)
    send(way, "POST", "", body)

    emulator.switch(map_keys="refused")

    send(way, "POST", "", body, 400)
    send(way, "POST", "", named(("a", "identityMap"), schema=nested))


def test_failed_calculated_field_is_null_and_a_warning_of_the_run(emulator: EmulatorProcess, way: Way) -> None:
    mapping_set = named(("order_id", "_id"), ("uper(order_id)", "_acme.status", "EXPRESSION"))
    way.mapping = send(way, "POST", "", mapping_set)["id"]
    flow = way.made("/flows", way.flow())
    emulator.turn_clock(120)

    (run,) = way.runs(flow)
    assert run["metrics"]["statusSummary"]["status"] == "success"
    (error,) = run["activities"][1]["statusSummary"]["extensions"]["errors"]
    assert error["code"] == "MAPPER-3700-400"
    assert "uper" in error["message"]
    assert emulator.rows(DATASET)[0] == {"_id": "O-5001", "_acme": {"status": None}}


def test_unquoted_column_name_with_special_characters_is_another_column(emulator: EmulatorProcess, way: Way) -> None:
    way.mapping = send(way, "POST", "", named(("order.id", "_id")))["id"]
    flow = way.made("/flows", way.flow())
    emulator.turn_clock(120)

    (run,) = way.runs(flow)
    (error,) = run["metrics"]["statusSummary"]["errors"]
    assert "the column order," in error["message"]


def test_list_of_mapping_sets_requires_limit_and_start(way: Way) -> None:
    id_ = send(way, "POST", "", {**FORMS["1"], "name": "named"})["id"]

    send(way, "GET", "", status=400)
    send(way, "GET", "", status=400, limit="x", start="0")
    assert len(send(way, "GET", "", limit=1, start=0)["data"]) == 1
    page = send(way, "GET", "", limit=10, start=0, name="named", orderBy="-createdDate")
    assert [each["id"] for each in page["data"]] == [id_]
    assert page["_page"] == {"count": 1, "limit": 10}

    (mapping,) = send(way, "GET", f"/{id_}/mappings")["data"]
    assert send(way, "GET", f"/{id_}/mappings/{mapping['id']}") == mapping
    send(way, "GET", f"/{id_}/mappings/other", status=404)


MEMBERS = (
    *("mappings", "source", "sourceAttribute", "sourceExpression", "destination", "destinationXdmPath", "sourceType"),
    *("outputSchema", "schemaRef", "xdmSchema", "id", "data", "mappingSet", "name"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.text("a.[0]*${}", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(MEMBERS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(["", "/validate", "/preview"]), body=JSON, mappings=st.lists(JSON, max_size=2))
def test_missing_body_is_an_internal_error(way: Way, path: str, body: Any, mappings: list[Any]) -> None:
    if isinstance(body, dict):
        body = {**body, "mappings": mappings, "mappingSet": {"mappings": mappings}}

    assert way.neighbour("POST", f"{SETS}{path}", json=body).status_code in {200, 400}
