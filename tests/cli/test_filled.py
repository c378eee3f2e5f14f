"""What the two sandboxes of `filled` hold is what the tests of export, adopt and compare count on."""

from __future__ import annotations

import pytest

from tests.cli.filled import EACH, HERE, MARKER, PLANTED, SANDBOXES, SOURCES, THERE, bodies, fill
from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess


@pytest.mark.slow
def test_filled_sandbox_has_a_hundred_connections_of_twelve_sources_created_by_plain_http(
    emulator: EmulatorProcess,
) -> None:
    ids = fill(emulator.url)

    there = {each["id"]: each for each in emulator.connections()}
    assert {name: len(found) for name, found in ids.items()} == dict.fromkeys(SANDBOXES, EACH)
    assert len(there) == 2 * EACH
    assert {sandbox: names(emulator.url, sandbox) for sandbox in SANDBOXES} == {
        sandbox: sorted(each["name"] for each in bodies(sandbox)) for sandbox in SANDBOXES
    }
    assert len({each["connectionSpec"]["id"] for each in there.values()}) == len(SOURCES) == 12
    assert len({(each["connectionSpec"]["id"], each["auth"]["specName"]) for each in there.values()}) > len(SOURCES)
    assert MARKER not in str(emulator.journal())


def names(url: str, sandbox: str) -> list[str]:
    with AdobeClient(url) as adobe:
        adobe.session.headers["x-sandbox-name"] = sandbox
        return sorted(adobe.names(limit=EACH))


def test_filled_sandboxes_are_equal_except_for_planted_differences_and_all_secrets() -> None:
    planted = {name for each in PLANTED for name in (each.here, each.there)}

    def plain(sandbox: str) -> list[str]:
        shared = [str(body).replace(f"-{sandbox}-", "-") for body in bodies(sandbox) if body["name"] not in planted]
        return sorted(shared)

    assert plain(HERE) == plain(THERE)
    assert len(plain(HERE)) == EACH - 6
    assert not {str(body) for body in bodies(HERE) if MARKER in str(body)} & {str(body) for body in bodies(THERE)}
