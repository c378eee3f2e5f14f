from __future__ import annotations

from pathlib import Path

import pytest

from fleet_runner.problem import Problem
from fleet_runner.sandboxes import Sandbox, chosen, jobs, made_up, read

LIST = """
all: {"adobe:orgId": X@AdobeOrg, "fleet:databases": [sales]}
sandboxes:
  dev:
  prod: {"fleet:databases": [sales, crm]}
"""


def listed(folder: Path, text: str) -> Path:
    file = folder / "sandboxes.yaml"
    file.write_text(text)
    return file


def test_a_stack_has_the_config_of_all_and_its_own_and_its_sandbox_as_texts(tmp_path: Path) -> None:
    dev, prod = read(listed(tmp_path, LIST))

    common = {"adobe:orgId": "X@AdobeOrg"}
    assert dev == Sandbox("dev", {**common, "fleet:databases": '["sales"]', "adobe:sandbox": "dev"})
    assert prod == Sandbox("prod", {**common, "fleet:databases": '["sales", "crm"]', "adobe:sandbox": "prod"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sandboxes: [dev]", "must have a mapping `sandboxes`"),
        ("- dev", "must have a mapping `sandboxes`"),
        ("sandboxes: {Dev: }", "'Dev' is no name of a sandbox"),
        ("sandboxes: {'-x; rm': }", "is no name of a sandbox"),
        ("{", "cannot be read"),
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        read(listed(tmp_path, text))


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"none\.yaml cannot be read"):
        read(tmp_path / "none.yaml")


def test_made_up_sandboxes_sort_as_they_count() -> None:
    names = [each.name for each in made_up(12, 2, "X@AdobeOrg", "client")]

    assert names[0] == "sandbox-01"
    assert names == sorted(names)


def test_a_sandbox_that_is_not_listed_cannot_be_chosen() -> None:
    sandboxes = made_up(3, 1, "X@AdobeOrg", "client")

    assert chosen(sandboxes, []) == sandboxes
    assert [each.name for each in chosen(sandboxes, ["sandbox-2"])] == ["sandbox-2"]
    with pytest.raises(Problem, match="no sandbox typo"):
        chosen(sandboxes, ["typo", "sandbox-2"])


@pytest.mark.parametrize(("count", "most"), [(5, 2), (300, 256), (2, 256), (256, 256)])
def test_the_jobs_of_a_matrix_are_bounded_and_hold_each_sandbox_once(count: int, most: int) -> None:
    sandboxes = made_up(count, 1, "X@AdobeOrg", "client")

    groups = [group.split() for group in jobs(sandboxes, most)]

    assert len(groups) == min(count, most)
    assert sorted(name for group in groups for name in group) == [each.name for each in sandboxes]
    assert max(map(len, groups)) - min(map(len, groups)) <= 1
