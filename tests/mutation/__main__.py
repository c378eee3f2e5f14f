"""Mutates the core and writes what was found: `python -m tests.mutation --help`."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.mutation.results import Mutant, read, table
from tests.mutation.workspace import ROOT, prepare

PAGE: Final = ROOT / "docs" / "explanation" / "mutation.md"


def main() -> int:
    """Run it; the exit code says whether mutmut came to its end."""
    given = _parse()
    folder = given.folder.resolve()
    prepare(folder)
    if given.again:
        # mutmut asks only new tests which functions they reach: a function that is new would meet none of the old ones.
        (folder / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    # Hypothesis draws the same examples each time, and knows no deadline, where it is told that this is CI.
    environment = {**os.environ, "CI": "true", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    mutmut = Path(sys.executable).with_name("mutmut")
    code = subprocess.run([mutmut, "run", *given.mutants], cwd=folder, env=environment, check=False).returncode
    lived = [each.name for each in read(folder) if each.lives]
    if given.again and code == 0 and lived:
        code = subprocess.run([mutmut, "run", *lived], cwd=folder, env=environment, check=False).returncode
    mutants = read(folder)
    _show(mutants)
    unknown = [each.name for each in mutants if each.is_open]
    if unknown:
        sys.stderr.write(f"Of {len(unknown)} nothing is known, their tests were not run; such as {unknown[0]}\n")
        return code or 1
    if given.report and code == 0:
        _write(table(mutants))
    return code


def _show(mutants: list[Mutant]) -> None:
    for each in mutants:
        if each.lives:
            sys.stdout.write(f"{each.status}: {each.name}\n{each.change}\n")
    sys.stdout.write(table(mutants))


def _write(text: str) -> None:
    """Put the table between the markers of the page."""
    old = PAGE.read_text(encoding="utf-8")
    begin, end = "<!-- mutation -->\n", "<!-- /mutation -->"
    new = re.sub(f"{begin}.*?{end}", lambda _: f"{begin}{text}{end}", old, flags=re.DOTALL)
    PAGE.write_text(new, encoding="utf-8")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Changes in the core, one at a time.")
    parser.add_argument("mutants", nargs="*", help="names of mutants to try again, * for any; all that are new without")
    parser.add_argument("--again", action="store_true", help="then try again those that live: the tests may be others")
    parser.add_argument("--folder", type=Path, default=ROOT / ".state" / "mutation", help="where mutmut works")
    parser.add_argument("--report", action="store_true", help="write the table of docs/explanation/mutation.md anew")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
