"""Messages of the plugin are UTF-8, which the engine reads, whatever the locale."""

from __future__ import annotations

import os
import subprocess
import sys

PRINT = "from pulumi_adobe.plugin.dynamic.messages import print_message; print_message({text!a})"
TEXT = "warning: the connection 東京 é already exists"


def test_a_message_is_utf_8_in_every_locale(locale_environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINT.format(text=TEXT)],
        env={**os.environ, **locale_environment},
        capture_output=True,
        check=True,
    )

    assert done.stdout.decode("utf-8") == f"{TEXT}\n"
