"""The switches, which choose the emulator's behavior where Adobe's documents are silent or contradict each other."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Switch:
    """One switch and the values that it may take, as regular expressions; the first is the default."""

    name: str
    values: tuple[str, ...]
    about: str

    @property
    def default(self) -> str:
        """Default value."""
        return self.values[0]

    def accepts(self, value: str) -> bool:
        """Return whether the switch can have a value; `N` stands for digits."""
        return any(re.fullmatch(pattern.replace("N", r"\d+"), value) for pattern in self.values)


SWITCHES = (
    Switch(
        "if_match",
        ("strict", "lenient", "ignored"),
        "`lenient`: the etag in `If-Match` may lack its quotes. `ignored`: a change needs no `If-Match`, and "
        "any value of it is accepted.",
    ),
    Switch(
        "spec_version",
        ("required", "default"),
        "`default`: a missing `connectionSpec.version` means 1.0. Otherwise it is an error 422.",
    ),
    Switch(
        "sandbox",
        ("required", "default"),
        "`default`: a request without `x-sandbox-name` uses the organization's first sandbox.",
    ),
    Switch(
        "initializing",
        ("0", "N", "Nms"),
        "A new connection stays `initializing`, without version and etag, for N reads by id or N milliseconds.",
    ),
    Switch(
        "updating",
        ("0", "N", "Nms"),
        "A changed entity stays `updating` for N reads by id or N milliseconds. Then its etag changes once more.",
    ),
    Switch(
        "refusal_at_work",
        ("by_state", "1416-400", "1417-400", "1420-400", "1457-400", "1458-400", "409", "423", "425"),
        "The code of the error if a change or a deletion is refused while the service is at work on the "
        "entity. `by_state`: 1417-400 while `initializing`, 1416-400 otherwise.",
    ),
    Switch("final_state", ("enabled", "failed", "disabled"), "The state of a new connection after its initialization."),
    Switch(
        "secrets",
        ("masked", "absent", "empty"),
        "How responses show secret auth parameters: as a mask, not at all, or as an empty text.",
    ),
    Switch("added_params", ("off", "on"), '`on`: a create adds the auth parameter `"region": "emulated"`.'),
    Switch(
        "description",
        ("kept", "null", "absent"),
        "How responses show an empty or missing description: as it was sent, as `null`, or not at all.",
    ),
    Switch(
        "error_body",
        ("envelope", "plain"),
        "The members of an error of Flow Service. `envelope`: `type` with the code, `title`, `status`, "
        "`report`, `errorMessage` and `errorDetails`. `plain`: the last two only.",
    ),
    Switch("delete_status", ("204", "202", "200"), "The status of a successful DELETE."),
    Switch(
        "unique_names",
        ("off", "on"),
        "`on`: a create is refused with 409 if another entity of the same kind and sandbox has the name.",
    ),
    Switch(
        "test_result",
        ("auto", "true", "false"),
        "The result of `/test`. `auto`: true if the credentials are accepted.",
    ),
    Switch(
        "list_order",
        ("by_field", "ignored", "refused"),
        "The effect of `orderby` on every list except that of runs: the list is sorted by any field, "
        "`orderby` is ignored, or the request is refused with 400.",
    ),
    Switch(
        "list_items",
        ("complete", "summary"),
        "`summary`: the items of a list lack `auth`, `params`, `data`, `transformations`, `scheduleParams` "
        "and `inheritedAttributes`. A read by id has them.",
    ),
    Switch(
        "spec_pages",
        ("whole", "N"),
        "The number of entries on a page of connection specs and flow specs. No document shows a second page.",
    ),
    Switch("page_size", ("20", "N"), "The number of entities on a page of a list without `limit`."),
    Switch("page_limit", ("1000", "N"), "The largest `limit` of a list. A larger one is refused with 1453-400."),
    Switch(
        "unknown_filters",
        ("refused", "ignored", "no_match"),
        "The effect of a filter by a field that no entity has: the request is refused with 1449-400, the "
        "filter is ignored, or it matches nothing.",
    ),
    Switch(
        "unknown_parameters",
        ("refused", "ignored"),
        "The effect of an unknown query parameter of a list: the request is refused with 1451-400, or the "
        "parameter is ignored.",
    ),
    Switch("list_lag", ("0", "Nms"), "A list shows a new entity N milliseconds after its creation."),
    Switch(
        "runs_order",
        ("by_field", "ignored", "refused"),
        "The effect of `orderby` on a list of runs: the list is sorted by any field, `orderby` is ignored, or"
        " the request is refused with 400.",
    ),
    Switch(
        "runs_path",
        ("property", "path"),
        "The path that lists the runs of one dataflow: `/runs?property=flowId==…`, or `/flows/{id}/runs`. The"
        " other path is refused.",
    ),
    Switch(
        "run_answer",
        ("receipt", "items", "run"),
        "The response to `POST /runs`: id and etag, a list of these, or the complete run.",
    ),
    Switch(
        "run_status",
        ("camel", "upper", "capital"),
        "The spelling of a status: `inProgress`, `IN_PROGRESS` or `InProgress`.",
    ),
    Switch("run_times", ("milliseconds", "seconds"), "The unit of a run's `startedAtUTC` and `completedAtUTC`."),
    Switch("run_window", ("seconds", "milliseconds"), "The unit of the window in the body of `POST /runs`."),
    Switch("input_bytes", ("known", "unknown"), "`unknown`: a run's `inputBytes` and `inputFileCount` are -1."),
    Switch(
        "credentials",
        ("unchecked", "checked"),
        "`checked`: a create or an update with invalid credentials is refused with 400.",
    ),
    Switch(
        "missing_table",
        ("1330-400", "1101-404", "1100-400", "1308-400", "empty"),
        "The response of `explore` for an unknown table or file: an error with this code, or a table without columns.",
    ),
    Switch(
        "stopped_cluster",
        ("1308-400", "1100-400", "1103-503"),
        "The code of `explore` while the connection's cluster is stopped (see the scenario of a workspace).",
    ),
    Switch(
        "source_names",
        ("run", "create"),
        "When an unknown table, column or delta column is an error. `run`: in the first run. `create`: when "
        "the source connection or dataflow is created, which is then refused with 400.",
    ),
    Switch(
        "map_keys",
        ("accepted", "refused"),
        "`refused`: a mapping must not fill a key of a map, as in `identityMap.Email[0].id`. Adobe's pages "
        "contradict each other.",
    ),
    Switch(
        "transformations",
        ("as_sent", "mapping_first"),
        "The order of a dataflow's transformations: as they were sent, or `Mapping` first. A PATCH names them"
        " by their index.",
    ),
    Switch(
        "cdc_delta_column",
        ("optional", "required"),
        "`required`: a recurring dataflow from a source connection with change data capture needs a delta column.",
    ),
    Switch(
        "source_data",
        ("by_source", "required"),
        "`required`: every source connection needs `data.format`. `by_source`: all except those of the HTTP "
        "API and of Snowflake Streaming, whose pages show none.",
    ),
    Switch(
        "stream_update",
        ("allowed", "refused"),
        "`refused`: a PATCH of a dataflow whose flow spec has `updateSupported: false` is refused with "
        "CONNECTOR-1300-400.",
    ),
    Switch(
        "flow_options_update",
        ("allowed", "refused"),
        "`refused`: a PATCH of the `options` of a dataflow is refused with 1455-400, except for a draft.",
    ),
    Switch(
        "landing_zone_days",
        ("90", "N"),
        "The number of days for which a new SAS token of a landing zone is valid. With `0`, each token has "
        "already expired.",
    ),
)
_BY_NAME = {switch.name: switch for switch in SWITCHES}


class Switches:
    """The current values of the switches."""

    def __init__(self, started_with: Mapping[str, str]) -> None:
        """Take the values of the command line; all other switches have their defaults."""
        self._started_with = _parse_all(started_with)
        self._values: dict[str, str] = {}
        self.reset()

    def __getitem__(self, name: str) -> str:
        """Return the value of the switch with a name."""
        return self._values[name]

    def set(self, changes: Mapping[str, object]) -> None:
        """Change several switches, or none if a value is invalid. Raises `ValueError`."""
        self._values |= _parse_all(changes)

    def reset(self) -> None:
        """Set all switches back to their values at the start of the process."""
        self._values = {switch.name: switch.default for switch in SWITCHES} | self._started_with

    def all(self) -> dict[str, str]:
        """Return every switch with its value."""
        return dict(self._values)


def parse_value(name: str, value: object) -> str:
    """Return the value of a switch in its normal spelling. Raises `ValueError` for an unknown switch or value."""
    switch = _BY_NAME.get(name.replace("-", "_"))
    if switch is None:
        message = f"there is no switch {name!r}; there are {', '.join(_BY_NAME)}"
        raise ValueError(message)
    written = _format_value(switch, value)
    if not switch.accepts(written):
        message = f"switch {name} takes {', '.join(switch.values)}, not {written!r}"
        raise ValueError(message)
    return written


def _format_value(switch: Switch, value: object) -> str:
    """Return the written form of a value; JSON's true and false are `on` and `off`."""
    if isinstance(value, bool):
        return ("on" if value else "off") if "on" in switch.values else str(value).lower()
    return str(value)


def _parse_all(changes: Mapping[str, object]) -> dict[str, str]:
    """Return the parsed values of switches by name; names may have dashes, as on command lines."""
    return {name.replace("-", "_"): parse_value(name, value) for name, value in changes.items()}


def build_table() -> str:
    """Return the switches as a table for the documentation."""
    rows = [
        f"| `{switch.name}` | {', '.join(f'`{value}`' for value in switch.values)} | {switch.about} |\n"
        for switch in SWITCHES
    ]
    return "".join(["| switch | values | meaning |\n", "|---|---|---|\n", *rows])


if __name__ == "__main__":
    sys.stdout.write(build_table())
