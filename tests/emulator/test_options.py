"""The command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from flow_service_emulator.options import parse_options


def test_pid_and_log_files_are_beside_the_data_file_by_default() -> None:
    options = parse_options(["--data", "/d/e.sqlite"])
    assert (options.pid_file, options.log_file) == (Path("/d/e.sqlite.pid"), Path("/d/e.sqlite.log"))
    options = parse_options(["--data", "/d/e.sqlite", "--pid", "/p", "--log", "/l"])
    assert (options.pid_file, options.log_file) == (Path("/p"), Path("/l"))


def test_emulator_listens_on_loopback_by_default() -> None:
    assert (parse_options([]).host, parse_options(["--host", "::1"]).host) == ("127.0.0.1", "::1")


def test_organizations_option_replaces_the_default_organizations() -> None:
    assert parse_options(["--org", "MINE@AdobeOrg=a,b"]).orgs == {"MINE@AdobeOrg": ("a", "b")}
    assert len(parse_options([]).orgs) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--set", "unknown=1"],
        ["--set", "secrets=loud"],
        ["--set", "secrets"],
        ["--client-id", "mine"],
        ["--org", "MINE@AdobeOrg"],
        ["--detach", "--stop"],
        ["--det"],
    ],
)
def test_invalid_option_ends_with_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse_options(arguments)
    assert ended.value.code == 2


def test_switch_file_is_read_and_option_set_overrides_it(tmp_path: Path) -> None:
    file = tmp_path / "switches.json"
    file.write_text('{"secrets": "empty", "delete-status": 202, "unique_names": true}')
    options = parse_options(["--switches", str(file), "--set", "secrets=absent"])
    assert options.switches == {"secrets": "absent", "delete_status": "202", "unique_names": "on"}


@pytest.mark.parametrize("text", ["", "[]", '{"unknown": 1}', '{"secrets": "loud"}', "[" * 100_000, None])
def test_malformed_switch_file_ends_with_exit_code_2(text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "switches.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(SystemExit) as ended:
        parse_options(["--switches", str(file)])
    assert ended.value.code == 2
