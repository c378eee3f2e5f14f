"""Messages of the plugin process to the person at the terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pulumi_adobe.plugin.dynamic.messages import print_message
from pulumi_adobe.plugin.messages import MAX_SIMILAR_MESSAGES, LimitedMessages


def test_message_is_one_line_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    print_message("warning: lake")

    assert capsys.readouterr().out == "warning: lake\n"


def test_message_to_an_engine_that_is_gone_is_no_error() -> None:
    code = "from pulumi_adobe.plugin.dynamic.messages import print_message as show; show('a'); show('b')"
    reader, writer = os.pipe()
    os.close(reader)

    process = subprocess.run([sys.executable, "-c", code], stdout=writer, stderr=subprocess.PIPE, check=False)

    os.close(writer)
    assert (process.returncode, process.stderr) == (0, b"")


def test_of_many_similar_messages_the_first_are_printed_and_one_summary(capsys: pytest.CaptureFixture[str]) -> None:
    messages = LimitedMessages("summary")
    for number in range(MAX_SIMILAR_MESSAGES + 3):
        messages.show(f"message {number}", print_message)

    expected = [*(f"message {number}" for number in range(MAX_SIMILAR_MESSAGES)), "summary"]
    assert capsys.readouterr().out.splitlines() == expected


def test_a_few_messages_are_all_printed_without_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    messages = LimitedMessages("summary")
    for number in range(MAX_SIMILAR_MESSAGES):
        messages.show(f"message {number}", print_message)

    expected = [f"message {number}" for number in range(MAX_SIMILAR_MESSAGES)]
    assert capsys.readouterr().out.splitlines() == expected


def test_the_same_message_is_printed_and_counted_once(capsys: pytest.CaptureFixture[str]) -> None:
    messages = LimitedMessages("summary")
    for _ in range(MAX_SIMILAR_MESSAGES + 3):
        messages.show("message", print_message)

    assert capsys.readouterr().out == "message\n"
