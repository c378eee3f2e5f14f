"""What is asked of which check, and that nobody's words carry a secret out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.examination import CHECKS, run_checks
from adobe_flow.doctor.organization import list_spec_ids
from pulumi_adobe.sources import connection_specs

TYPE = "pulumi-python:dynamic/adobe:BaseConnection"


def test_check_runs_after_the_checks_that_it_requires() -> None:
    names = [check.name for check in CHECKS]

    for check in CHECKS:
        assert all(names.index(needed) < names.index(check.name) for needed in check.after)


def test_checked_sources_are_databricks_and_each_source_of_the_state_once() -> None:
    specs = {name: connection_specs()[name].id for name in ("databricks", "snowflake")}
    resources = [{"type": TYPE, "inputs": {"connectionSpec": {"id": id_}}} for id_ in specs.values()]

    assert list_spec_ids([]) == [specs["databricks"]]
    assert list_spec_ids([*resources, *resources, {"type": "pulumi:pulumi:Stack"}]) == list(specs.values())


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("error: cannot open postgres://me:planted-pw@db/x", "postgres://me:…@db/x"),
        ("error: yaml: line 1: cannot unmarshal !!str `planted...` into map", "!!str … into map"),
        ("error: planted-passphrase is wrong", "[secret] is wrong"),
        ("error: token planted-access-token", "token [secret]"),
        ("error: PULUMI_ACCESS_TOKEN must be set for login", "Log in: pulumi login"),
    ],
)
def test_error_of_pulumi_is_shown_without_secrets(tmp_path: Path, said: str, shown: str) -> None:
    program = tmp_path / "bin" / "pulumi"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{said}\nEND\nexit 255\n")
    program.chmod(0o755)
    (tmp_path / "Pulumi.yaml").write_text("name: p\nruntime: python\n")
    environment = {
        "PATH": f"{program.parent}{os.pathsep}{os.defpath}",
        "PULUMI_CONFIG_PASSPHRASE": "planted-passphrase",
        "ADOBE_EU_ACCESS_TOKEN": "planted-access-token",
    }

    found = {each.check: each for each in run_checks(DoctorContext(tmp_path, "dev", None, environment), lambda _: None)}

    backend = found["state backend"]
    assert backend.status == "wrong"
    assert shown in f"{backend.text}\n{backend.todo}"
    assert "planted" not in str(found)
    assert found["settings"].text == "not checked, because the check of the state backend failed"
    assert found["stack files"].status == "ok"


def test_unexpected_output_of_pulumi_is_reported_without_a_crash(tmp_path: Path) -> None:
    program = tmp_path / "pulumi"
    program.write_text("#!/bin/sh\necho 'no json'\n")
    program.chmod(0o755)
    (tmp_path / "Pulumi.yaml").write_text("name: p\nruntime: python\n")

    found = next(
        iter(run_checks(DoctorContext(tmp_path, None, None, {"PATH": f"{tmp_path}:{os.defpath}"}), lambda _: None))
    )

    assert (found.check, found.status) == ("state backend", "wrong")
