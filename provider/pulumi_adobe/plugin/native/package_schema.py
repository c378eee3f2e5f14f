"""The package schema: what Pulumi's tools know of the provider. It is data, generated from the resource schemas."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from pulumi_adobe.version import PLUGIN_DOWNLOAD_URL, VERSION

SCHEMA_FILE: Final = Path(__file__).with_name("schema.json")
"""`python -m docs.generate` writes it."""


def read_schema() -> dict[str, Any]:
    """Return the package schema of this version."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    download = {"pluginDownloadURL": PLUGIN_DOWNLOAD_URL} if PLUGIN_DOWNLOAD_URL else {}
    return {**schema, "version": VERSION, **download}


def format_schema() -> str:
    """Return the package schema of this version as JSON."""
    return json.dumps(read_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(format_schema())
