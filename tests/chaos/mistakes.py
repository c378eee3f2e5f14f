"""Random programs of connections and dataflows, and the mistakes that people make in them."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from tests.stack.pipelines import BY_PASSWORD, BY_STRING, CUSTOMERS, ORDERS, Program

TABLES: Final[dict[str, dict[str, Any]]] = {
    "acme.orders": {
        "dataset": ORDERS,
        "mapping": {"order_id": "_id", "amount": "_acme.amount"},
        "delta_column": "ordered_at",
    },
    "acme.customers": {
        "dataset": CUSTOMERS,
        "mapping": {"customer_id": "_id", "email": "personalEmail.address"},
        "delta_column": "updated_at",
    },
}
OTHER_TABLE: Final = {"acme.orders": "acme.customers", "acme.customers": "acme.orders"}


@dataclass
class Declared:
    """What a person declares: the program, and the settings of the stack that differ from the right ones."""

    program: Program
    settings: dict[str, Any] = field(default_factory=dict)
    client_secret: str | None = None


@dataclass(frozen=True)
class Circumstances:
    """What a mistake meets, as far as a preview depends on it.

    Attributes:
        is_live: Whether the stack exists already.
        is_base_known: Whether the base connection of the faulty pipeline exists and is not about to be replaced.
        is_source_known: The same of its source connection.
        has_columns: Whether the faulty source connection declares its columns.
        has_right_change: Whether the program has another change, a right one.
    """

    is_live: bool
    is_base_known: bool
    is_source_known: bool
    has_columns: bool
    has_right_change: bool


@dataclass(frozen=True)
class Mistake:
    """One kind of mistake: what ``make`` does to the pipeline of this name.

    Attributes:
        label: What the table calls it.
        make: Makes the mistake.
        is_red: Whether a preview reports it, by the table in docs/explanation/preview-checks.md.
        is_about_source: Whether it must be found before the source connection is created.
        fails_up: Whether `up` must fail, also if the preview does not, and the source connection may be created.
    """

    label: str
    make: Callable[[Declared, str], None]
    is_red: Callable[[Circumstances], bool]
    is_about_source: bool = False
    fails_up: bool = False


def expected_preview(mistake: Mistake, circumstances: Circumstances) -> str:
    """Return the outcome, `red` or `green`, that a preview of this mistake must have."""
    return "red" if mistake.is_red(circumstances) else "green"


def describe_circumstances(
    before: Program, after: Program, declared: Program, number: str, *, is_live: bool
) -> Circumstances:
    """Return the circumstances of a mistake in the pipeline of this number.

    Args:
        before: The program of the last `up`.
        after: The program with a right change, perhaps.
        declared: The same with the mistake.
        number: The pipeline's number.
        is_live: Whether there was an `up`.
    """
    source = declared["sources"][f"source-{number}"]
    is_base_kept = before["bases"].get(source["base"]) == after["bases"][source["base"]]
    is_base_known = is_live and is_base_kept
    is_source_known = is_base_known and before["sources"].get(f"source-{number}") == source
    return Circumstances(is_live, is_base_known, is_source_known, "columns" in source, before != after)


def _always(_: Circumstances) -> bool:
    return True


def _if_table_can_be_read(circumstances: Circumstances) -> bool:
    # Rule 2 (c): the answer about a base connection that is to be replaced would be worthless.
    return circumstances.is_base_known


def _if_columns_are_known(circumstances: Circumstances) -> bool:
    return circumstances.is_base_known or circumstances.has_columns


def _if_live(circumstances: Circumstances) -> bool:
    return circumstances.is_live


def _if_source_is_known(circumstances: Circumstances) -> bool:
    return circumstances.is_source_known


def _if_a_request_is_due(circumstances: Circumstances) -> bool:
    # A preview without changes sends nothing, and `up` neither.
    return not circumstances.is_live or circumstances.has_right_change


def build_random_program(chance: random.Random) -> Program:
    """Return one to three pipelines, each on a base connection of its own or on a shared one."""
    program: Program = {kind: {} for kind in ("bases", "sources", "targets", "flows")}
    for number in range(chance.randint(1, 3)):
        table = chance.choice(list(TABLES))
        base = "base-0" if chance.random() < 0.5 else f"base-{number}"
        program["bases"].setdefault(base, copy.deepcopy(chance.choice((BY_STRING, BY_PASSWORD))))
        program["sources"][f"source-{number}"] = {"base": base, "table": table}
        program["targets"][f"target-{number}"] = {"dataset_id": TABLES[table]["dataset"]}
        program["flows"][f"flow-{number}"] = {
            "source": f"source-{number}",
            "target": f"target-{number}",
            "mapping": dict(TABLES[table]["mapping"]),
            "schedule": _build_schedule(chance, table, is_first=number == 0),
        }
    return program


def change_randomly(program: Program, chance: random.Random) -> Program:
    """Return the program with one right change, which may replace a whole pipeline, or none."""
    changed = copy.deepcopy(program)
    kind = chance.choice(("none", "base", "source", "target", "flow"))
    if kind == "base":
        base = changed["bases"][chance.choice(list(changed["bases"]))]
        other = BY_PASSWORD if base["auth_spec"] == BY_STRING["auth_spec"] else BY_STRING
        base.update(copy.deepcopy(other))
    elif kind == "source":
        source = changed["sources"][chance.choice(list(changed["sources"]))]
        names = [*TABLES[source["table"]]["mapping"], TABLES[source["table"]]["delta_column"]]
        source["columns"] = [{"name": name, "type": "string"} for name in names]
    elif kind == "target":
        changed["targets"][chance.choice(list(changed["targets"]))]["description"] = "changed"
    elif kind == "flow":
        changed["flows"][chance.choice(list(changed["flows"]))]["description"] = "changed"
    return changed


def _build_schedule(chance: random.Random, table: str, *, is_first: bool) -> dict[str, Any]:
    # The first one recurs, so that each case has something to lose.
    frequency = chance.choice(("day", "hour")) if is_first else chance.choice(("day", "hour", "once"))
    if frequency == "once":
        return {"frequency": "once"}
    return {"frequency": frequency, "interval": 1, "delta_column": TABLES[table]["delta_column"]}


def _misspell_table(declared: Declared, number: str) -> None:
    source = declared.program["sources"][f"source-{number}"]
    source["table"] = source["table"][:-1]


def _take_other_table(declared: Declared, number: str) -> None:
    source = declared.program["sources"][f"source-{number}"]
    source["table"] = OTHER_TABLE[source["table"]]
    source.pop("columns", None)


def _misspell_column(declared: Declared, number: str) -> None:
    source = declared.program["sources"][f"source-{number}"]
    source["columns"] = [{"name": "no_such_column", "type": "string"}]


def _misspell_mapped_column(declared: Declared, number: str) -> None:
    mapping = declared.program["flows"][f"flow-{number}"]["mapping"]
    name = next(iter(mapping))
    mapping[f"{name}x"] = mapping.pop(name)


def _misspell_path(declared: Declared, number: str) -> None:
    mapping = declared.program["flows"][f"flow-{number}"]["mapping"]
    mapping[next(iter(mapping))] = "_acme.noSuchPath"


def _misspell_delta_column(declared: Declared, number: str) -> None:
    declared.program["flows"][f"flow-{number}"]["schedule"] = {
        "frequency": "day",
        "interval": 1,
        "delta_column": "no_such_column",
    }


def _name_missing_dataset(declared: Declared, number: str) -> None:
    declared.program["targets"][f"target-{number}"]["dataset_id"] = "0" * 24


def _run_too_often(declared: Declared, number: str) -> None:
    declared.program["flows"][f"flow-{number}"]["schedule"] |= {"frequency": "minute", "interval": 5}


def _take_wrong_secret(declared: Declared, _number: str) -> None:
    declared.client_secret = "no-such-secret"


def _take_wrong_sandbox(declared: Declared, _number: str) -> None:
    declared.settings["adobe:sandbox"] = "no-such-sandbox"


def _take_wrong_organization(declared: Declared, _number: str) -> None:
    declared.settings["adobe:orgId"] = "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg"


MISTAKES: Final = (
    Mistake("a table that does not exist", _misspell_table, _if_table_can_be_read, is_about_source=True),
    Mistake(
        "a table whose columns do not fit",
        _take_other_table,
        _if_table_can_be_read,
        is_about_source=True,
        fails_up=True,
    ),
    Mistake("a column that does not exist", _misspell_column, _always, is_about_source=True),
    Mistake(
        "a mapped column that does not exist",
        _misspell_mapped_column,
        _if_columns_are_known,
        is_about_source=True,
        fails_up=True,
    ),
    Mistake(
        "a delta column that does not exist",
        _misspell_delta_column,
        _if_columns_are_known,
        is_about_source=True,
        fails_up=True,
    ),
    Mistake("a path that the schema lacks", _misspell_path, _always),
    Mistake("a dataset that does not exist", _name_missing_dataset, _always),
    Mistake("a schedule that Adobe refuses", _run_too_often, _always),
    Mistake("a wrong client secret", _take_wrong_secret, _if_a_request_is_due),
    Mistake("a wrong sandbox", _take_wrong_sandbox, _always),
    Mistake("a wrong organization", _take_wrong_organization, _always),
)


_ON_NATIVE: Final = {
    "a table whose columns do not fit": (_if_source_is_known, False),
    "a column that does not exist": (_if_table_can_be_read, True),
    "a mapped column that does not exist": (_if_source_is_known, False),
    "a delta column that does not exist": (_if_source_is_known, False),
    "a path that the schema lacks": (_if_live, False),
}
"""`is_red` and `is_about_source` on the native adapter, by label.

The native adapter knows only the ids of a dataflow's connections, so its columns and paths are compared when these
connections exist (docs/explanation/two-adapters.md). `up` must fail.
"""


def list_mistakes(adapter: str) -> tuple[Mistake, ...]:
    """Return the mistakes, with what a preview on this adapter reports of each."""
    if adapter != "native":
        return MISTAKES
    return tuple(_expect_on_native(mistake) for mistake in MISTAKES)


def _expect_on_native(mistake: Mistake) -> Mistake:
    if mistake.label not in _ON_NATIVE:
        return mistake
    is_red, is_about_source = _ON_NATIVE[mistake.label]
    return replace(mistake, is_red=is_red, is_about_source=is_about_source, fails_up=True)
