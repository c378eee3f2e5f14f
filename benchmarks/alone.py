"""What can be measured without an engine: the imports of a program, and the pickling of its resources' providers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from statistics import median
from typing import Any, Final

_REPEATED: Final = 9
_IMPORTS: Final = """
import json, sys, time
import pulumi.dynamic
before = time.process_time()
from pulumi_adobe import DatabricksSourceConnection
taken = time.process_time() - before
print(json.dumps([taken * 1000, "requests" in sys.modules]))
"""


def imports() -> dict[str, Any]:
    """CPU milliseconds of the import of a resource after `import pulumi.dynamic`, and whether `requests` came along."""
    taken = [json.loads(_python(_IMPORTS)) for _ in range(_REPEATED)]
    return {"milliseconds": median(each[0] for each in taken), "requests": any(each[1] for each in taken)}


def serialising(resources: int, window: int = 100) -> dict[str, float]:
    """CPU milliseconds that one provider's pickling takes, by the SDK, at the first and at the last of so many."""
    code = f"from benchmarks.alone import pickle_times; print(pickle_times({resources}, {window}))"
    return dict(json.loads(_python(code)))


def pickle_times(resources: int, window: int) -> str:
    """The medians of the first and the last ``window`` of them, as JSON; in a process that has pickled none yet."""
    from pulumi.dynamic.dynamic import serialize_provider  # noqa: PLC0415 - only that process needs it

    from pulumi_adobe.resources.databricks import DatabricksSourceConnectionProvider  # noqa: PLC0415 - the same

    taken = []
    for _ in range(resources):
        before = time.perf_counter()
        serialize_provider(DatabricksSourceConnectionProvider())
        taken.append((time.perf_counter() - before) * 1000)
    return json.dumps({"first": median(taken[:window]), "last": median(taken[-window:])})


def _python(code: str) -> str:
    # Packages that people install are compiled, whatever this machine says of its own.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)  # noqa: S603 - above
    return done.stdout
