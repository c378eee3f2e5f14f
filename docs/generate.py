"""Writes the parts of README.md that are made from the code: `python -m docs.generate`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pulumi_adobe.settings import TABLE, Setting

README: Final = Path(__file__).parents[1] / "README.md"


def settings_table() -> str:
    """The settings of `pulumi_adobe.settings`, a line each."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield "| key | variable | what it is | default | kind |"
    yield "|---|---|---|---|---|"
    for setting in TABLE:
        key = f"`{setting.config_key}`" if setting.in_config else "(for one run)"
        meaning = f"{setting.meaning} (secret)" if setting.secret else setting.meaning
        yield f"| {key} | `{setting.variable}` | {meaning} | {_default(setting)} | {setting.kind.name.lower()} |"


def _default(setting: Setting) -> str:
    if setting.required:
        return "**required**"
    return f"`{setting.default}`" if setting.default else ""


BLOCKS: Final[Mapping[str, Callable[[], str]]] = {"settings": settings_table}
"""What stands between `<!-- name -->` and `<!-- /name -->`, by name."""


def generated(page: str) -> str:
    """The page with every block as the code has it. Raises ValueError where a block has no place in it."""
    for name, make in BLOCKS.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        found = re.findall(f"{begin}.*?{end}", page, re.DOTALL)
        if len(found) != 1:
            raise ValueError(f"<!-- {name} --> … <!-- /{name} --> must stand in the page once, not {len(found)} times")
        page = page.replace(found[0], f"{begin}{make()}{end}")
    return page


def main() -> None:
    """Write README.md anew."""
    README.write_text(generated(README.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"Written: {README.name} ({', '.join(BLOCKS)})\n")


if __name__ == "__main__":
    main()
