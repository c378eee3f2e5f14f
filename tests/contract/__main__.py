"""Judges a life of every resource, and random requests, by Adobe's OpenAPI: `python -m tests.contract --help`."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

from tests.contract.errata import Errata
from tests.contract.fuzzing import Report, fuzz
from tests.contract.judge import DOCUMENTS, Complaint, Judge
from tests.contract.life_cycle import record
from tests.emulator_process import EmulatorProcess

_REQUESTS: Final = 2_000


def main() -> int:
    """Run both parts; the exit code says whether errata cover everything."""
    given = _parse()
    missing = [name for name in DOCUMENTS if not (given.specs / name).is_file()]
    if missing:
        sys.stderr.write(f"{given.specs} lacks {', '.join(missing)}: name a folder with Adobe's OpenAPI documents.\n")
        return 2
    judge, errata = Judge(given.specs), Errata()
    with tempfile.TemporaryDirectory() as name:
        failures = 0 if given.fuzz_only else _judge_life_cycle(Path(name), judge, errata)
        failures += _fuzz(Path(name), judge, errata, given)
    sys.stdout.write("Errata used:\n")
    sys.stdout.writelines(f"  {errata.used[each.name]:6} {each.name}\n" for each in errata.all)
    return 1 if failures else 0


def _parse() -> argparse.Namespace:
    command_line = argparse.ArgumentParser(prog="python -m tests.contract", description=__doc__)
    command_line.add_argument("specs", type=Path, help="the folder with Adobe's OpenAPI documents")
    command_line.add_argument("--requests", type=int, default=_REQUESTS, help="random requests (default: %(default)s)")
    command_line.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="repeats a run")
    command_line.add_argument("--fuzz-only", action="store_true", help="leave out the life cycle, which needs Pulumi")
    return command_line.parse_args()


def _judge_life_cycle(folder: Path, judge: Judge, errata: Errata) -> int:
    exchanges = record(folder)
    judged = [exchange for exchange in exchanges if judge.operation(exchange)]
    complaints = Counter(complaint for exchange in judged for complaint in errata.excuse(judge.judge(exchange)))
    operations = len({judge.operation(exchange) for exchange in judged})
    sys.stdout.write(
        f"Life cycle: {len(exchanges)} exchanges, {len(judged)} of them judged, {operations} operations, "
        f"{len(complaints)} complaints without an erratum\n"
    )
    _write_complaints(complaints)
    return len(complaints)


def _fuzz(folder: Path, judge: Judge, errata: Errata, given: argparse.Namespace) -> int:
    with EmulatorProcess.start(folder / "fuzz.sqlite") as emulator:
        report = fuzz(emulator, judge, errata, given.requests, given.seed)
    _write_report(report)
    return len(report.complaints) + len(report.server_errors)


def _write_report(report: Report) -> None:
    statuses = ", ".join(f"{count} x {status}" for status, count in sorted(report.statuses.items()))
    sys.stdout.write(
        f"Fuzz: seed {report.seed}, {report.requests} requests to {len(report.operations)} operations in "
        f"{report.seconds:.0f} s ({statuses}), {len(report.server_errors)} server errors, "
        f"{len(report.complaints)} complaints without an erratum\n"
    )
    sys.stdout.writelines(f"  {error[:1000]}\n" for error in report.server_errors[:20])
    _write_complaints(report.complaints)


def _write_complaints(complaints: Counter[Complaint]) -> None:
    for complaint, count in sorted(complaints.items())[:50]:
        sys.stdout.write(f"  {count} x {complaint.operation}: {complaint.about}: {complaint.example}\n")


if __name__ == "__main__":
    sys.exit(main())
