from __future__ import annotations

from pathlib import Path

import pytest

from fleet_runner.sandboxes import Problem, Sandbox, group_names, make_sandboxes, read_sandboxes, select_sandboxes

LIST = """
all: {"adobe:orgId": X@AdobeOrg, "fleet:databases": [sales]}
sandboxes:
  dev:
  prod: {"fleet:databases": [sales, crm]}
"""


def write_list(folder: Path, text: str) -> Path:
    file = folder / "sandboxes.yaml"
    file.write_text(text)
    return file


def test_stack_config_has_common_and_own_values_and_the_sandbox_as_texts(tmp_path: Path) -> None:
    dev, prod = read_sandboxes(write_list(tmp_path, LIST))

    common = {"adobe:orgId": "X@AdobeOrg"}
    assert dev == Sandbox("dev", {**common, "fleet:databases": '["sales"]', "adobe:sandbox": "dev"})
    assert prod == Sandbox("prod", {**common, "fleet:databases": '["sales", "crm"]', "adobe:sandbox": "prod"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sandboxes: [dev]", "must have a mapping `sandboxes`"),
        ("- dev", "must have a mapping `sandboxes`"),
        ("sandboxes: {Dev: }", "'Dev' is not a valid sandbox name"),
        ("sandboxes: {'-x; rm': }", "is not a valid sandbox name"),
        ("{", "cannot be read"),
    ],
)
def test_malformed_sandbox_list_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(Problem, match=message):
        read_sandboxes(write_list(tmp_path, text))


def test_missing_sandbox_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"none\.yaml cannot be read"):
        read_sandboxes(tmp_path / "none.yaml")


def test_generated_sandbox_names_sort_in_numeric_order() -> None:
    names = [sandbox.name for sandbox in make_sandboxes(12, 2, "X@AdobeOrg", "client")]

    assert names[0] == "sandbox-01"
    assert names == sorted(names)


def test_unlisted_sandbox_cannot_be_selected() -> None:
    sandboxes = make_sandboxes(3, 1, "X@AdobeOrg", "client")

    assert select_sandboxes(sandboxes, []) == sandboxes
    assert [sandbox.name for sandbox in select_sandboxes(sandboxes, ["sandbox-2"])] == ["sandbox-2"]
    with pytest.raises(Problem, match="has no sandbox typo"):
        select_sandboxes(sandboxes, ["typo", "sandbox-2"])


@pytest.mark.parametrize(("count", "most"), [(5, 2), (300, 256), (2, 256), (256, 256)])
def test_matrix_jobs_are_bounded_and_include_each_sandbox_once(count: int, most: int) -> None:
    sandboxes = make_sandboxes(count, 1, "X@AdobeOrg", "client")

    groups = [group.split() for group in group_names(sandboxes, most)]

    assert len(groups) == min(count, most)
    assert sorted(name for group in groups for name in group) == [sandbox.name for sandbox in sandboxes]
    assert max(map(len, groups)) - min(map(len, groups)) <= 1
