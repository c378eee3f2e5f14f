"""Type tokens and what a state holds are known in one place: whoever compares a token elsewhere forgets an adapter."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDERS = ("provider/pulumi_adobe", "cli/adobe_flow", "policy/adobe_flow_policy", "examples")
MARKS = (
    "pulumi-python:dynamic/",
    "adobe:index:",
    "pulumi:providers:adobe",
    "pulumi:providers:pulumi-python",
    "__provider",
)
HOMES = {
    "provider/pulumi_adobe/plugin/state_format.py": "the table of the differences",
    "provider/pulumi_adobe/plugin/dynamic/state_format.py": "the format",
    "provider/pulumi_adobe/plugin/native/state_format.py": "the format",
    "provider/pulumi_adobe/plugin/state_values.py": "the values of states and of the engine's calls",
    "provider/pulumi_adobe/resources/ingestion.py": "a component of the dynamic package, which no provider serves",
}
GENERATED = "provider/pulumi_adobe/native/"


def test_no_other_module_knows_a_token_or_the_pickled_provider() -> None:
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    names = {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in files}
    knowing = {name for name, text in names.items() if any(mark in text for mark in MARKS)}

    assert {name for name in knowing if not name.startswith(GENERATED)} == set(HOMES)
