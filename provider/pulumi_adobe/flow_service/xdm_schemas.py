"""The titles of the XDM schemas of a sandbox.

Adobe: schema-registry.yaml (`GET /tenant/schemas`; the parameters `orderby`, `limit` and `start`): the next page begins
after the title that `_page.next` has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.flow_service.pages import PageTimeout
from pulumi_adobe.json_values import get_member

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.flow_service.response import Response

_PATH: Final = "/data/foundation/schemaregistry/tenant/schemas"
_HEADERS: Final = {"Accept": "application/vnd.adobe.xed-id+json"}
_QUERY: Final = (("orderby", "title"), ("limit", "300"))


def list_schema_titles(client: FlowServiceClient) -> dict[str, str]:
    """Return the title of each XDM schema of the tenant, by its `$id`. All pages have one timeout."""
    redact = client.redactor.redact

    def parse(response: Response) -> tuple[list[dict[str, Any]], Any, Response]:
        body = response.json_object(redact)
        schemas = body.get("results")
        if not isinstance(schemas, list) or not all(isinstance(schema, dict) for schema in schemas):
            raise response.to_unexpected_response("without a list of schemas", redact)
        return schemas, get_member(body, "_page", "next"), response

    titles: dict[str, str] = {}
    timeout, starts = PageTimeout(client, _PATH), list[str]()
    while True:
        query = (*_QUERY, *(("start", start) for start in starts[-1:]))
        schemas, next_start, response = client.read(
            _PATH, parse, query=query, headers=_HEADERS, timeout=timeout.start()
        )
        timeout.stop()
        titles |= {str(schema.get("$id")): str(schema.get("title")) for schema in schemas}
        if not isinstance(next_start, str) or not next_start:
            return titles
        if next_start in starts:
            raise response.to_unexpected_response("with a next page that was already read", redact)
        starts.append(next_start)
