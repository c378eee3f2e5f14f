"""Commands of the pages that no test runs as they stand, and why."""

from __future__ import annotations

import re
from typing import Final

NOT_RUN: Final = (
    (r"make( |$)", "test_links.py sees that the target is there; tests/setup and CI run what it does"),
    (r'eval "\$\(make -s env\)"', "tests/setup/test_environment.py; these tests run in such a shell"),
    (r"git clone |cd ", "the clone that this runs in"),
    (r'export PATH="\$PWD', "the same"),
    (r"\.venv/bin/pip install /path/to", "tests/stack/test_programs.py installs the built wheel elsewhere"),
    (r"\.venv/bin/python -m docs\.generate", "test_generated.py compares what it would write"),
    (r"pulumi login( |$)", "needs an account, or leaves the machine's own login changed"),
    (r".*(azurekeyvault|awskms|gcpkms)://", "needs a key store in a cloud"),
    (r"pip-audit ", "asks a database of vulnerabilities on the internet"),
    (r"python -m flow_service_emulator ", "tests/emulator/test_background.py and test_server.py, on free ports"),
    (r"kubectl ", "needs a cluster"),
    (r"(vault read .*)?adobe-flow rotate ", "asks a person: tests/cli/rotating/test_interruption.py types the answers"),
)
"""A pattern of the command's beginning, and the reason."""


def reason(command: str) -> str | None:
    """Why this command is not run; None where it is."""
    return next((why for pattern, why in NOT_RUN if re.match(pattern, command)), None)
