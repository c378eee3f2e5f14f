from __future__ import annotations

from pathlib import Path

import pytest

from fleet_runner.sandboxes import Problem, Sandbox, group_names, make_sandboxes, read, select_sandboxes

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


def test_a_stack_has_the_config_of_all_and_its_own_and_its_sandbox_as_texts(tmp_path: Path) -> None:
    dev, prod = read(write_list(tmp_path, LIST))

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
def test_a_list_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(Problem, match=message):
        read(write_list(tmp_path, text))


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"none\.yaml cannot be read"):
        read(tmp_path / "none.yaml")


def test_made_up_sandboxes_sort_as_they_count() -> None:
    names = [sandbox.name for sandbox in make_sandboxes(12, 2, "X@AdobeOrg", "client")]

    assert names[0] == "sandbox-01"
    assert names == sorted(names)


def test_a_sandbox_that_is_not_listed_cannot_be_select_sandboxes() -> None:
    sandboxes = make_sandboxes(3, 1, "X@AdobeOrg", "client")

    assert select_sandboxes(sandboxes, []) == sandboxes
    assert [sandbox.name for sandbox in select_sandboxes(sandboxes, ["sandbox-2"])] == ["sandbox-2"]
    with pytest.raises(Problem, match="has no sandbox typo"):
        select_sandboxes(sandboxes, ["typo", "sandbox-2"])


@pytest.mark.parametrize(("count", "most"), [(5, 2), (300, 256), (2, 256), (256, 256)])
def test_the_jobs_of_a_matrix_are_bounded_and_hold_each_sandbox_once(count: int, most: int) -> None:
    sandboxes = make_sandboxes(count, 1, "X@AdobeOrg", "client")

    groups = [group.split() for group in group_names(sandboxes, most)]

    assert len(groups) == min(count, most)
    assert sorted(name for group in groups for name in group) == [sandbox.name for sandbox in sandboxes]
    assert max(map(len, groups)) - min(map(len, groups)) <= 1
