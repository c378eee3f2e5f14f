from __future__ import annotations

import pytest

from adobe_flow.pulumi_cli.errors import redact_pulumi_message


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("https://user:secret@host/x", "https://user:…@host/x"),
        ("cannot unmarshal !!str `dapi-pl...` into config.Map", "cannot unmarshal !!str … into config.Map"),
        ("nothing of it: http://host/x", "nothing of it: http://host/x"),
    ],
)
def test_passwords_and_state_excerpts_are_removed_from_pulumi_errors(said: str, shown: str) -> None:
    assert redact_pulumi_message(said) == shown
