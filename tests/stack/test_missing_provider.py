"""A state that names a provider of another version of this package, with the real engine."""

from __future__ import annotations

import base64

from pulumi_adobe.version import VERSION
from tests.plugin.plugin_process import PICKLED_PROVIDER
from tests.stack.project import StackProject

OF_TOMORROW = base64.b64encode(b"cpulumi_adobe.resources.of_tomorrow\nTomorrowProvider\n.").decode()


def test_refresh_and_destroy_say_which_module_and_version_are_needed(made: StackProject) -> None:
    file = made.folder / "state.json"
    made.pulumi("stack", "export", "--file", str(file))
    file.write_text(file.read_text().replace(PICKLED_PROVIDER, OF_TOMORROW))
    made.pulumi("stack", "import", "--file", str(file))

    for command in (made.refresh, made.destroy):
        text = command(succeeds=False).text
        assert f"pulumi-adobe {VERSION}" in text
        assert "pulumi_adobe.resources.of_tomorrow" in text
    assert len(made.emulator.connections()) == 1
