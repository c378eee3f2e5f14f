"""The metrics for the node exporter: readable by Prometheus' own parser, whole, and by another user."""

from __future__ import annotations

import os
import re
import stat
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from prometheus_client.parser import text_string_to_metric_families

from adobe_flow.problem import Problem
from adobe_flow.runs.textfile import FlowRuns, build_metric_lines, check_textfile_name, write_textfile
from pulumi_adobe.flow_service.run_details import RunDetails

PAGE = Path(__file__).parents[3] / "docs" / "cli" / "runs.md"
NOW = datetime(2026, 12, 1, tzinfo=timezone.utc)
HOUR = 3600
NAMES = ("orders", 'the "good" one', "back\\slash", "two\nlines", "日本 データ", "{a=1} # b", "")


def run(hours_ago: float, status: str = "success", **changes: Any) -> RunDetails:
    start = round((NOW.timestamp() - hours_ago * HOUR) * 1000)
    values: dict[str, Any] = {
        "id": f"run-{hours_ago}",
        "dataflow_id": "flow",
        "status": status,
        "started_at": start,
        "completed_at": start + 60_000,
        "records_read": 5,
        "records_written": 4,
        "records_failed": 1,
        "bytes_read": None,
        "errors": (),
        **changes,
    }
    return RunDetails(**values)


def flow(*runs: RunDetails, name: str = "orders", id_: str = "flow", is_enabled: bool = True) -> FlowRuns:
    return FlowRuns(id_, name, "dev", is_enabled, runs)


def measure(*flows: FlowRuns) -> dict[str, float]:
    """Return the samples of dataflows, by the metric's name, as Prometheus reads them."""
    families = text_string_to_metric_families("".join(f"{line}\n" for line in build_metric_lines(flows, NOW)))
    return {sample.name.removeprefix("adobe_flow_"): sample.value for family in families for sample in family.samples}


def test_metrics_have_age_of_the_last_success_rows_and_failures() -> None:
    assert measure(flow(run(1, "failed", records_written=0), run(25, "failed"), run(49), run(73))) == {
        "enabled": 1,
        "last_success_timestamp_seconds": NOW.timestamp() - 49 * HOUR + 60,
        "last_success_age_seconds": 49 * HOUR - 60,
        "consecutive_failures": 2,
        "last_run_timestamp_seconds": NOW.timestamp() - HOUR,
        "last_run_duration_seconds": 60,
        "last_run_rows_read": 5,
        "last_run_rows_written": 0,
        "last_run_rows_failed": 1,
    }


def test_partial_success_counts_as_success_and_run_in_progress_does_not() -> None:
    values = measure(flow(run(0, "inProgress", completed_at=None), run(1, "partialSuccess")))

    assert (values["consecutive_failures"], values["last_success_age_seconds"]) == (0, HOUR - 60)


def test_unknown_value_has_no_sample() -> None:
    assert measure(flow(is_enabled=False)) == {"enabled": 0, "consecutive_failures": 0}
    assert "last_success_age_seconds" not in measure(flow(run(1, "failed")))
    assert "last_run_rows_read" not in measure(flow(run(1, records_read=None)))


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_every_name_is_an_escaped_label_that_prometheus_reads_back(name: str) -> None:
    text = "".join(f"{line}\n" for line in build_metric_lines([flow(run(1), name=name)], NOW))

    labels = [sample.labels for family in text_string_to_metric_families(text) for sample in family.samples]
    assert labels == [{"sandbox": "dev", "dataflow": name, "id": "flow"}] * 9


def test_samples_of_one_metric_are_adjacent() -> None:
    lines = list(build_metric_lines([flow(run(1), id_="a"), flow(run(1), id_="b")], NOW))

    names = [line.partition("{")[0] for line in lines if not line.startswith("#")]
    assert names == sorted(names, key=names.index)
    assert len(names) == 2 * len(set(names))


def test_metrics_file_is_complete_and_readable_by_other_users(tmp_path: Path) -> None:
    file = tmp_path / "adobe.prom"
    old_mask = os.umask(0o077)
    try:
        write_textfile(file, [flow(run(1))], NOW)
        write_textfile(file, [flow(run(2))], NOW)
    finally:
        os.umask(old_mask)

    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert [each.name for each in tmp_path.iterdir()] == ["adobe.prom"]
    assert file.read_text("utf-8").endswith("\n")


def test_unwritable_metrics_file_is_an_error_and_leaves_no_file(tmp_path: Path) -> None:
    file = tmp_path / "adobe.prom"
    file.mkdir()

    with pytest.raises(Problem, match=r"adobe\.prom could not be written"):
        write_textfile(file, [flow()], NOW)
    assert [each.name for each in tmp_path.iterdir()] == ["adobe.prom"]


def test_metrics_file_name_that_the_node_exporter_ignores_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.prom").mkdir()

    for name in ("adobe.txt", "adobe", "missing/adobe.prom", "folder.prom"):
        with pytest.raises(typer.BadParameter, match="--prometheus"):
            check_textfile_name(tmp_path / name)
    check_textfile_name(tmp_path / "adobe.prom")


def test_docs_page_names_every_metric_and_its_alert_rules_use_no_other() -> None:
    page = PAGE.read_text("utf-8")
    metrics = {line.split()[2] for line in build_metric_lines([], NOW) if line.startswith("# TYPE")}
    (rules,) = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))

    expressions = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    assert set(re.findall(r"`(adobe_flow_\w+)`", page)) == metrics
    assert set(re.findall(r"adobe_flow_[a-z_]+(?![\w.])", " ".join(expressions))) <= metrics
    assert expressions
