"""Connections with the names and values that nobody expects."""

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
