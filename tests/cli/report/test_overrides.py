from __future__ import annotations

import os
from pathlib import Path

import pytest

from adobe_flow.report.gates import GateError, parse_gates
from adobe_flow.report.origin import OverrideOrigin, find_override_origin
from adobe_flow.report.overrides import parse_overrides
from tests.cli.report.digests import MADE

GATES = parse_gates("delete>0,change>20%,change>5")
DANA = OverrideOrigin("dana", "GITHUB_ACTOR", None)


def test_override_names_its_gate_author_time_and_reason() -> None:
    (override,) = parse_overrides([" delete : agreed:  OPS-12 "], GATES, DANA, MADE)

    assert (override.gate, override.reason, override.by, override.by_word_of, override.at) == (
        "delete>0",
        "agreed: OPS-12",
        "dana",
        "GITHUB_ACTOR",
        MADE,
    )
    assert parse_overrides(["change > 5: so few"], GATES, DANA, MADE)[0].gate == "change>5"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("delete", "needs a reason"),
        ("delete:", "needs a reason"),
        ("delete: .. - ", "needs a reason"),
        ("create: yes", '"create" is not a gate of --fail-on; there are delete>0, change>20%, change>5'),
        ("change: yes", "is more than one gate"),
        (": yes", "is not a gate"),
    ],
)
def test_override_without_a_gate_or_a_reason_is_refused(text: str, said: str) -> None:
    with pytest.raises(GateError, match=said):
        parse_overrides([text], GATES, DANA, MADE)


def test_override_without_a_known_author_is_refused() -> None:
    with pytest.raises(GateError, match="no name is known"):
        parse_overrides(["delete: yes"], GATES, None, MADE)
    assert parse_overrides([], GATES, None, MADE) == []


@pytest.mark.parametrize(
    ("variables", "who", "run"),
    [
        (
            {
                "GITHUB_ACTOR": "dana",
                "GITHUB_RUN_ID": "7",
                "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_REPOSITORY": "acme/flows",
            },
            "dana",
            "https://github.com/acme/flows/actions/runs/7",
        ),
        (
            {"GITLAB_USER_LOGIN": "kim", "CI_JOB_URL": "https://gitlab.com/acme/flows/-/jobs/9"},
            "kim",
            "https://gitlab.com/acme/flows/-/jobs/9",
        ),
        (
            {
                "BUILD_REQUESTEDFOR": "Ada Berg",
                "BUILD_BUILDID": "5",
                "SYSTEM_COLLECTIONURI": "https://dev.azure.com/acme/",
                "SYSTEM_TEAMPROJECT": "flows",
            },
            "Ada Berg",
            "https://dev.azure.com/acme/flows/_build/results?buildId=5",
        ),
        ({"GITHUB_ACTOR": " "}, None, None),
    ],
)
def test_author_of_an_override_is_taken_from_the_pipeline(
    variables: dict[str, str], who: str | None, run: str | None, tmp_path: Path
) -> None:
    origin = find_override_origin({**variables, "PATH": str(tmp_path)}, tmp_path)

    assert (origin and origin.who, origin and origin.run) == (who, run)


def test_author_of_an_override_outside_a_pipeline_is_taken_from_git(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("[user]\n  name = Dana Okafor\n")
    config = {"GIT_CONFIG_GLOBAL": str(tmp_path / "config"), "PATH": os.environ["PATH"]}

    assert find_override_origin(config, tmp_path) == OverrideOrigin("Dana Okafor", "git config user.name", None)
    assert (
        find_override_origin({**config, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}, tmp_path) is None
    )
