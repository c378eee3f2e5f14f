"""Commands of the pages that no test runs as they stand, and why."""

from __future__ import annotations

import re
from typing import Final

NOT_RUN: Final = (
    (r"make( |$)", "test_links.py sees that the target is there; tests/setup and CI run what it does"),
    (r'eval "\$\(make -s env\)"', "tests/setup/test_environment.py; these tests run in such a shell"),
    (r'export PATH="\$PWD', "these tests run in such a shell"),
    (r"\.venv/bin/pip install --find-links /path/to", "test_tutorial.py installs the wheels"),
    (r"pip install (pulumi-adobe|adobe-flow-cli|flow-service-emulator)$", "test_tutorial.py installs the wheels"),
    (r"\.venv/bin/python -m docs\.generate", "test_generated.py compares what it would write"),
    (r".*(azurekeyvault|awskms|gcpkms)://", "needs a key store in a cloud"),
    (r"sh set-secrets.*\.sh", "asks a person for each secret; tests/cli/commands/test_export.py reads it"),
    (r"for lock in requirements/\*\.lock; do pip-audit ", "asks a database of vulnerabilities on the internet"),
    (r"python -m flow_service_emulator ", "tests/emulator/test_background.py and test_server.py, on free ports"),
    (r"(kubectl|helm) ", "needs a cluster"),
    (r"pulumi stack output activationUrl", "needs a share in a Databricks workspace"),
    (r"\.venv/bin/python -m fleet_runner ", "tests/fleet run it, in the folder of the example"),
    (r"adobe-flow (export|adopt) ", "tests/cli/commands/test_adopt.py types both, in a project without a program"),
    (r"adobe-flow probe .*--write", "asks a person: tests/cli/commands/test_probe.py types it with --yes"),
    (r"pulumi stack init \w+ --copy-config-from", "test_import_on_stack.py runs a program in another sandbox"),
    (
        r"pulumi import adobe:index:",
        "asks a person: plugin/native/test_moved_states.py imports each kind",
    ),
    (r"pulumi import --stack ", "tests/cli/export/test_import_on_stack.py runs it on an exported folder"),
    (r"adobe-flow (watch|run|retry) ", "needs dataflows and runs of these names: tests/cli/runs types all three"),
    (r"adobe-flow landing-zone refresh", "asks a person: tests/cli/commands/test_landing_zone.py types it with --yes"),
    (r"(vault read .*)?adobe-flow rotate ", "asks a person: tests/cli/rotate/test_interruption.py types the answers"),
)
"""A pattern of the command's beginning, and the reason."""


def reason(command: str) -> str | None:
    """Why this command is not run; None where it is."""
    return next((why for pattern, why in NOT_RUN if re.match(pattern, command)), None)
