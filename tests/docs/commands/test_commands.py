"""Every command of README and docs is typed here as it stands on its page, or has a reason why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.commands.not_run import NOT_RUN, reason
from tests.docs.commands.scene import Scene
from tests.docs.commands.typed import named, pages, typed
from tests.emulator_process import EmulatorProcess

TYPED = {page: [each for each in typed(page) if reason(each) is None] for page in pages()}
ATTENDS = r"adobe-flow (compare|promote|expiring|doctor|test|report|runs)\b"
"""These end with 1 where they find something to attend to, which they may in this scene."""


@pytest.fixture
def scene(
    engine: None,  # noqa: ARG001 - it has to be there first
    tmp_path: Path,
    emulator: EmulatorProcess,
) -> Scene:
    return Scene.prepared(tmp_path / "flow-connections", emulator)


@pytest.mark.engine
@pytest.mark.parametrize("page", [page for page, commands in TYPED.items() if commands], ids=named)
def test_every_command_on_a_docs_page_has_the_result_that_the_page_states(page: str, scene: Scene) -> None:
    for command in TYPED[page]:
        done = scene.run(command)

        allowed = {0, 1} if re.match(ATTENDS, command) else {0}
        assert done.returncode in allowed, f"$ {command}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr


def test_no_reason_for_an_untested_command_is_unused() -> None:
    every = [command for page in pages() for command in typed(page)]

    assert [pattern for pattern, _ in NOT_RUN if not any(re.match(pattern, command) for command in every)] == []
