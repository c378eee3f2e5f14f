"""The list of the datasets of a sandbox, and the look-up of a dataset by its name.

Adobe: catalog.yaml (`GET /dataSets`); "Filter Catalog data using query parameters" (filter-data.md): a page has at most
100 datasets and begins at the offset `start`; `property=name==…` compares the whole name, in which `*` stands for any
text and `**` for an asterisk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.flow_service.pages import PageTimeout
from pulumi_adobe.json_values import get_member

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.flow_service.response import Response

_PATH: Final = "/data/foundation/catalog/dataSets"
_PAGE_SIZE: Final = 100
_SHOWN_PROPERTIES: Final = ("properties", "name,schemaRef")
_MAX_FILTER_LENGTH: Final = 500
"""Characters of a name that is sent as a filter: servers refuse a request line of 8 KiB; a character may take 12."""


@dataclass(frozen=True)
class Dataset:
    """A dataset of Catalog Service. The name or the `$id` of the XDM schema is None if Catalog shows none."""

    id: str
    name: str | None
    schema_id: str | None


@dataclass(frozen=True)
class DatasetSearch:
    """The datasets that have a name and, if there is none, the names of all datasets of the sandbox."""

    matches: Sequence[Dataset]
    other_names: Sequence[str] = ()


def list_datasets(client: FlowServiceClient) -> list[Dataset]:
    """Return all datasets of the sandbox. All pages are read within one timeout, that of the settings."""
    return list(_iterate_datasets(client, (), PageTimeout(client, _PATH)))


def find_datasets(client: FlowServiceClient, name: str) -> DatasetSearch:
    """Find the datasets that have exactly this name. All requests together have one timeout, that of the settings.

    Catalog is asked for the name first. What it returns is compared here again: no document says whether Catalog
    distinguishes upper and lower case. If nothing matches, all datasets are read, for the suggestion of a similar name.
    """
    timeout = PageTimeout(client, _PATH)
    if _can_be_filtered(name):
        query = (("property", f"name=={name.replace('*', '**')}"),)
        matches = [dataset for dataset in _iterate_datasets(client, query, timeout) if dataset.name == name]
        if matches:
            return DatasetSearch(matches)
    datasets = list(_iterate_datasets(client, (), timeout))
    matches = [dataset for dataset in datasets if dataset.name == name]
    names = {dataset.name for dataset in datasets if dataset.name}
    return DatasetSearch(matches, () if matches else sorted(names))


def _can_be_filtered(name: str) -> bool:
    """Return whether a name can be part of an address; a name with control characters is searched in the list."""
    return 0 < len(name) <= _MAX_FILTER_LENGTH and name.isprintable()


def _iterate_datasets(
    client: FlowServiceClient, query: Sequence[tuple[str, str]], timeout: PageTimeout
) -> Iterator[Dataset]:
    """GET the datasets page by page; a page that is not full is the last one."""
    redact = client.redactor.redact

    def parse(response: Response) -> tuple[Mapping[str, Any], Response]:
        page = response.json_object(redact)
        if not all(isinstance(dataset, dict) for dataset in page.values()):
            raise response.to_unexpected_response("without an object for each dataset", redact)
        return page, response

    start, previous_ids = 0, frozenset[str]()
    while True:
        page_query = (*query, _SHOWN_PROPERTIES, ("limit", str(_PAGE_SIZE)), ("start", str(start)))
        page, response = client.read(_PATH, parse, query=page_query, timeout=timeout.start())
        timeout.stop()
        if page and page.keys() == previous_ids:
            # A service that ignores `start` would be asked for ever.
            raise response.to_unexpected_response("with a page that was already read", redact)
        yield from (_parse_dataset(id_, dataset) for id_, dataset in page.items())
        if len(page) < _PAGE_SIZE:
            return
        start, previous_ids = start + len(page), frozenset(page)


def _parse_dataset(id_: str, dataset: Mapping[str, Any]) -> Dataset:
    """Return a dataset; Catalog shows a property without a value as an empty object (filter-data.md)."""
    name, schema_id = dataset.get("name"), get_member(dataset, "schemaRef", "id")
    return Dataset(
        id_, name if isinstance(name, str) else None, schema_id if isinstance(schema_id, str) and schema_id else None
    )
