"""Names and paths of Data Prep: `amount`, `${First Name}`, `emails[0].address`, `items[*].${unit price}`.

Adobe: "Data Prep mapping functions" (fields, reserved keywords), "Data Prep troubleshooting guide" (dots in names). No
page says how a closing brace or a backslash in a name is written; here both get a backslash, as a dot does.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

_SEGMENT: Final = re.compile(
    r"(?:\$\{(?P<quoted>(?:\\.|[^\\}])+)\}|(?P<bare>[^.\[\]{}]+))(?P<indexes>(?:\[(?:\d+|\*)\])*)(?:\.(?=.)|\Z)",
    re.DOTALL,
)
_IDENTIFIER: Final = re.compile(r"(?:[^\W\d]|\$)(?:\w|\$)*")
_PATH_MARKS: Final = (".", "[", "${")

_KEYWORDS: Final = (
    "new mod or break var lt for false while eq gt div not null continue else and ne true le if ge return "
    "_errors do function empty size"
)
_FUNCTIONS: Final = (
    "concat explode instr replacestr substr lower lcase upper ucase split join lpad rpad left right ltrim rtrim trim "
    "equals equalsIgnoreCase extract_regex matches_regex sha1 sha256 sha512 md5 crc32 get_url_protocol get_url_host "
    "get_url_port get_url_path get_url_query_str get_url_encoded get_url_decoded now timestamp format dformat date "
    "date_part set_date_part make_date_time make_timestamp zone_date_to_utc zone_date_to_zone size_of is_empty "
    "arrays_to_object arrays_to_objects to_object str_to_object contains_key is_set nullify get_keys get_values get "
    "map_get_values map_has_keys add_to_map object_to_map to_map array_to_map coalesce first last add_to_array "
    "join_arrays to_array upsert_array_append upsert_array_replace decode iif min max to_bigint to_decimal to_float "
    "to_integer json_to_object uuid guid fpid_to_ecid ua_os_name ua_os_version_major ua_os_version "
    "ua_os_name_version ua_agent_version ua_agent_version_major ua_agent_name ua_device_class"
)
RESERVED_WORDS: Final = frozenset(f"{_KEYWORDS} {_FUNCTIONS}".split())
"""The words that Data Prep's language takes for something else unless they are quoted."""


@dataclass(frozen=True)
class Segment:
    """One part of a path: a name, and the elements of the array below it, such as `[0]` or `[*]`."""

    name: str
    indexes: str = ""


Path = tuple[Segment, ...]


def parse_path(text: str) -> Path | None:
    """Return the segments of a path in Data Prep's spelling, None if the text is no path."""
    segments: list[Segment] = []
    position = 0
    while position < len(text):
        match = _SEGMENT.match(text, position)
        if match is None:
            return None
        quoted = match["quoted"]
        name = match["bare"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)
        segments.append(Segment(name, match["indexes"]))
        position = match.end()
    return tuple(segments) or None


def format_path(path: Path) -> str:
    """Return a path in Data Prep's spelling, each name quoted where it must be."""
    return ".".join(f"{_quote(segment.name)}{segment.indexes}" for segment in path)


def is_ambiguous(source: str) -> bool:
    """Return whether a source may be the name of a column or a path, depending on the columns that there are."""
    return any(mark in source for mark in _PATH_MARKS)


def resolve_source(source: str, columns: Collection[str] | None) -> Path:
    """Return the path that a program means: the column of exactly this name, else a path, else a column's name.

    Args:
        source: What the program declares.
        columns: The names of the columns of the source connection; None if they are not known.
    """
    if not is_ambiguous(source) or (columns is not None and source in columns):
        return (Segment(source),)
    return parse_path(source) or (Segment(source),)


def _quote(name: str) -> str:
    if _IDENTIFIER.fullmatch(name) and name not in RESERVED_WORDS:
        return name
    escaped = re.sub(r"[\\.}]", r"\\\g<0>", name)
    return f"${{{escaped}}}"
