"""Connections and dataflows with the names and values that nobody expects."""

from __future__ import annotations

import keyword
from typing import Any

from hypothesis import strategies as st

from pulumi_adobe.sources import connection_specs

WORST = (
    "",
    " ",
    "\n",
    '"',
    "'",
    "\"'\"''",
    "\\",
    "\\N{BULLET}",
    '"""',
    "'''\n\"\"\"",
    "{name}",
    "%s %(x)s",
    "a\rb\tc\0d\x7f",
    "\u202e\u200b\ufeff\u2028",
    "Ħéłłô \u00d7\u017f\u0131\u00b4",
    "аdmin ΑΒΓ",  # noqa: RUF001 - look-alikes, which is what it is for
    "👩\u200d👩\u200d👧 🚚 🏳️",
    "— … „Größe“ «x» § 5° 10 € • a → b ✓ – ’ ‘ ‚",  # noqa: RUF001 - signs, and their look-alikes
    "日本 データ " * 30,
    "x" * 500,
    "a b " * 100,
    "😀" * 200,
    "🧪\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "# noqa",
    "0.0.0.0",  # noqa: S104 - a text of somebody's
    "/tmp/in",  # noqa: S108 - the same
    *keyword.kwlist,
)

texts = st.sampled_from(WORST) | st.text(max_size=300) | st.sampled_from([" before", "behind\n", "both\t "])


def entity(number: int, name: Any, **changed: Any) -> dict[str, Any]:
    """A connection as Flow Service shows it, of SFTP unless changed."""
    spec = connection_specs()["sftp"]
    return {
        "id": f"{number:08x}-0000",
        "name": name,
        "createdAt": number,
        "connectionSpec": {"id": spec.id, "version": spec.version},
        "auth": {"specName": "Basic Authentication for sftp", "params": {"host": "h", "userName": "u"}},
        **changed,
    }


@st.composite
def entities(draw: st.DrawFn) -> dict[str, Any]:
    """Any connection, of any source of the catalogue or none, with any value in any parameter."""
    spec = draw(st.sampled_from(sorted(connection_specs().values(), key=lambda each: each.source)))
    auth_spec = draw(st.sampled_from([*spec.auth_specs, "of tomorrow"]))
    names = [each.name for each in spec.auth_specs.get(auth_spec, ())] + ["region"]
    values = texts | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False)
    # Mostly all of them: where one lacks, the program has nobody judge the others.
    whole = draw(st.sampled_from([True, True, False]))
    params = {name: draw(values) for name in names if whole or draw(st.booleans())}
    spec_id = draw(st.sampled_from([spec.id, "11111111-of-tomorrow"]))
    return entity(
        draw(st.integers(0, 10**6)),
        draw(texts | st.none()),
        description=draw(texts | st.none()),
        connectionSpec={"id": spec_id, "version": draw(st.sampled_from(["1.0", "1.1"]))},
        auth={"specName": auth_spec, "params": params},
    )


@st.composite
def source_connections(draw: st.DrawFn) -> dict[str, Any]:
    """A source connection of any source, with any value."""
    spec = draw(st.sampled_from(sorted(connection_specs().values(), key=lambda each: each.source)))
    keywords = st.sampled_from(["type", "format", "meta:xdmType"])
    any_value = texts | st.integers() | st.booleans() | st.none() | st.lists(texts, max_size=1)
    columns = st.lists(st.fixed_dictionaries({"name": texts, "xdm": st.dictionaries(keywords, texts, max_size=2)}))
    params = {
        "tableName": texts,
        "path": texts,
        "recursive": st.booleans() | texts,
        "cdcEnabled": st.booleans(),
        "columns": columns,
        "type": st.sampled_from(["file", "folder", "link"]),
        **{each.name: any_value for each in spec.source_connection.params or () if not each.argument},
    }
    present = {name: draw(value) for name, value in params.items() if draw(st.booleans())}
    present |= draw(st.dictionaries(texts, any_value, max_size=2))
    properties = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "columnDelimiter": st.sampled_from([",", "\t", ";;"]),
                "encoding": st.sampled_from(["UTF-8", "UTF-7"]),
                "compressionType": st.sampled_from(["gzip", "rar"]),
            },
        )
    )
    formats = [*spec.source_connection.formats, "tabular", "delimited", "json", "parquet", "avro", None]
    return entity(
        draw(st.integers(0, 10**6)),
        draw(texts),
        description=draw(texts | st.none()),
        baseConnectionId=draw(texts) if draw(st.booleans()) else None,
        data={"format": draw(st.sampled_from(formats)), "properties": properties},
        params=present,
        connectionSpec={"id": spec.id, "version": draw(st.sampled_from(["1.0", "1.1"]))},
    )


@st.composite
def target_connections(draw: st.DrawFn) -> dict[str, Any]:
    """A target connection with any dataset."""
    return entity(
        draw(st.integers(0, 10**6)),
        draw(texts),
        state=draw(st.sampled_from(["enabled", "draft"])),
        data={"schema": {"id": draw(texts), "version": draw(texts)}},
        params={"dataSetId": draw(texts)},
        connectionSpec={"id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c", "version": "1.0"},
    )


@st.composite
def dataflows(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    """A dataflow and its mapping, any of the schedules, options and labels."""
    entry = st.fixed_dictionaries(
        {
            "source": texts,
            "destination": texts,
            "sourceType": st.sampled_from(["ATTRIBUTE", "EXPRESSION", "STATIC"]),
        }
    )
    schedule = {
        "startTime": draw(st.sampled_from(["1796083200", 1796083200, 1700000000, "soon"])),
        "frequency": draw(st.sampled_from(["once", "minute", "hour", "day", "week", "month"])),
        "interval": draw(st.sampled_from([1, "1", 15, 2])),
        "backfill": draw(st.sampled_from([True, "false"])),
    }
    names = ("startTime", "frequency") if draw(st.booleans()) else tuple(schedule)
    copy = {"name": "Copy", "params": {"deltaColumn": {"name": draw(texts)}}}
    flow = entity(
        draw(st.integers(0, 10**6)),
        draw(texts),
        description=draw(texts | st.none()),
        state=draw(st.sampled_from(["enabled", "disabled", "draft"])),
        flowSpec={"id": "spec", "version": "1.0"},
        sourceConnectionIds=["source-id"],
        targetConnectionIds=["target-id"],
        transformations=[{"name": "Mapping", "params": {"mappingId": "m", "mappingVersion": 0}}, copy],
        scheduleParams={name: schedule[name] for name in names} if draw(st.booleans()) else None,
        options=draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "errorDiagnosticsEnabled": st.booleans(),
                    "partialIngestionPercent": st.sampled_from([5, "5", 0.5]),
                },
            )
        ),
        labels=draw(st.lists(st.sampled_from(["core/C1", "no label", "a/b"]), max_size=2)),
    )
    return flow, draw(st.dictionaries(texts, texts, min_size=1, max_size=4) | st.lists(entry, min_size=1, max_size=4))
