"""The required `data` and `params` of a source connection, by the kind of its source.

Adobe: database-nosql.md; cloud-storage.md @fd522952 and the older @019ab4ea, whose delimiter stands right below `data`;
eventhub.md, kinesis.md, google-pubsub.md; snowflake-streaming.md and http.md, whose samples have no `data`; zendesk.md;
lava.md. "Sources error codes" 1304, 1312 and 1327. Which of the documented parameters of a stream are required is
decided: those that name it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from flow_service_emulator.catalogue import (
    EVENT_HUBS,
    HTTP_API,
    KINESIS,
    PUBSUB,
    REST_TO_LAKE,
    SNOWFLAKE_STREAMING,
    list_sources_of_flow_spec,
)
from flow_service_emulator.checks import MISSING, WRONG
from flow_service_emulator.dataflows.flow_specs import FILES_TO_LAKE, STREAMING_SDK, TABLES_TO_LAKE
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.json_values import get_member

if TYPE_CHECKING:
    from flow_service_emulator.switches import Switches


_ANY: Final = ("tabular", "delimited", "json", "parquet")
_DELIMITED: Final = "delimited"
_COMPRESSED: Final = ("delimited", "json")
_COMPRESSIONS: Final = ("bzip2", "gzip", "deflate", "zipDeflate", "tarGzip", "tar")
_ENCODINGS: Final = ("UTF-8", "ISO-8859-1")
_DATA_TYPES: Final = ("raw", "xdm")
_RESETS: Final = ("latest", "earliest")


@dataclass(frozen=True)
class SourceForm:
    """The members that the source connections of one kind of source have.

    ``required`` are the `params` that must be texts, ``values`` those that take some texts only; ``needs_data`` is
    false where a page has a sample without `data`.
    """

    formats: tuple[str, ...] = _ANY
    required: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs_data: bool = True


_BY_FLOW_SPEC: Final = {
    TABLES_TO_LAKE: SourceForm(("tabular",), ("tableName",)),
    FILES_TO_LAKE: SourceForm(("delimited", "json", "parquet"), ("path",), {"type": ("file", "folder")}),
    REST_TO_LAKE: SourceForm(("json",)),
    STREAMING_SDK: SourceForm(("json",)),
}
_STREAMS: Final = {
    EVENT_HUBS: SourceForm(
        ("json", "parquet", "delimited"), ("eventHubName",), {"dataType": _DATA_TYPES, "reset": _RESETS}
    ),
    KINESIS: SourceForm(("json",), ("stream",), {"dataType": _DATA_TYPES, "reset": _RESETS}),
    PUBSUB: SourceForm(("json",), (), {"dataType": _DATA_TYPES}),
    SNOWFLAKE_STREAMING: SourceForm(_ANY, ("tableName",), needs_data=False),
    HTTP_API: SourceForm(_ANY, needs_data=False),
}


def find_source_form(spec_id: str) -> SourceForm:
    """Return the form of the source connections of a connection spec."""
    if spec_id in _STREAMS:
        return _STREAMS[spec_id]
    forms = (form for flow_spec, form in _BY_FLOW_SPEC.items() if spec_id in list_sources_of_flow_spec(flow_spec))
    return next(forms, SourceForm())


def check_source_data(declared: dict[str, Any], spec_id: str, switches: Switches) -> None:
    """Refuse a missing or unknown format; with the switch `source_data` each source connection needs one."""
    format_ = get_member(declared, "data", "format")
    if format_ is None:
        if (
            find_source_form(spec_id).needs_data
            or declared.get("data") is not None
            or switches["source_data"] == "required"
        ):
            raise FlowServiceError(MISSING, "data.format is required")
        return
    if not isinstance(format_, str) or format_ not in _ANY:
        raise FlowServiceError("CONNECTOR-1327-400", f"data.format [{format_}] is not allowed")


def check_source_form(declared: dict[str, Any], spec_id: str) -> None:
    """Refuse a format, a parameter or a property of files that the source does not take."""
    form, format_ = find_source_form(spec_id), get_member(declared, "data", "format")
    if format_ is not None and format_ not in form.formats:
        raise FlowServiceError("CONNECTOR-1327-400", f"data.format [{format_}] is not allowed for this connection spec")
    params = declared.get("params")
    if not isinstance(params, (dict, type(None))):
        raise FlowServiceError(WRONG, "params must be an object")
    for name in form.required:
        if not isinstance(get_member(params, name), str):
            raise FlowServiceError(MISSING, f"params.{name} is required")
    for name, values in form.values.items():
        if get_member(params, name) not in (None, *values):
            raise FlowServiceError(WRONG, f"params.{name} must be one of {list(values)}")
    if str(get_member(params, "recursive")).lower() not in {"none", "true", "false"}:
        raise FlowServiceError(WRONG, "params.recursive must be true or false")
    _check_columns(get_member(params, "columns") or [])
    _check_properties(declared["data"] if format_ is not None else {})


def _check_columns(columns: Any) -> None:
    if not isinstance(columns, list) or not all(isinstance(get_member(column, "name"), str) for column in columns):
        raise FlowServiceError(WRONG, "params.columns must be a list of objects with a name")


def _check_properties(data: Mapping[str, Any]) -> None:
    """Check the properties of files; the delimiter may stand right below `data` (both versions of the page)."""
    properties = data.get("properties")
    if not isinstance(properties, (dict, type(None))):
        raise FlowServiceError(WRONG, "data.properties must be an object")
    delimiter = get_member(properties, "columnDelimiter") or data.get("columnDelimiter")
    encoding, compression = (get_member(properties, name) for name in ("encoding", "compressionType"))
    format_ = data.get("format")
    if delimiter is not None and (format_ != _DELIMITED or not isinstance(delimiter, str) or len(delimiter) != 1):
        raise FlowServiceError(WRONG, "columnDelimiter must be one character, and is for delimited files only")
    if encoding is not None and (format_ != _DELIMITED or encoding not in _ENCODINGS):
        raise FlowServiceError(WRONG, f"encoding must be one of {list(_ENCODINGS)}, and is for delimited files only")
    if compression is not None and (format_ not in _COMPRESSED or compression not in _COMPRESSIONS):
        raise FlowServiceError(WRONG, f"compressionType must be one of {list(_COMPRESSIONS)}, not of parquet files")
