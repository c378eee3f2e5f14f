"""The plugin process has Pulumi's protocol, and not the SDK for programs around it."""

from __future__ import annotations

import subprocess
import sys

IMPORT_ALL = """
import sys
from pkgutil import walk_packages

from pulumi_adobe.plugin.native.protocol import skip_program_sdk

skip_program_sdk()

import pulumi_adobe.plugin.native.server
from pulumi_adobe import flow_service, lifecycle, resource_types
from pulumi_adobe.plugin import native

for package in (flow_service, lifecycle, resource_types, native):
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        __import__(module.name)
print([name for name in sys.modules if name.startswith("pulumi.") and not name.startswith("pulumi.runtime")])
"""


def test_no_module_of_the_plugin_needs_the_sdk_for_programs() -> None:
    """Its import takes half of the start of the process, in each command."""
    process = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=True)

    assert process.stdout.strip() == "[]"
