"""Costs of a program without an engine: its imports, and the pickling of its resources' providers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from statistics import median
from typing import Any, Final

_REPETITIONS: Final = 9
_IMPORTS: Final = """
import json, sys, time
import pulumi.dynamic
start = time.process_time()
from pulumi_adobe import DatabricksSourceConnection
seconds = time.process_time() - start
print(json.dumps([seconds * 1000, "requests" in sys.modules]))
"""


def measure_imports() -> dict[str, Any]:
    """Measure the CPU milliseconds of the import of a resource, and whether it imports `requests`.

    The program has imported `pulumi.dynamic` before.
    """
    outputs = [json.loads(_run_python(_IMPORTS)) for _ in range(_REPETITIONS)]
    return {"milliseconds": median(output[0] for output in outputs), "requests": any(output[1] for output in outputs)}


def measure_native_imports() -> float:
    """Measure the CPU milliseconds of the import of a resource of the generated SDK, after that of `pulumi`."""
    code = _IMPORTS.replace("import pulumi.dynamic", "import pulumi").replace("pulumi_adobe", "pulumi_adobe.native")
    return float(median(json.loads(_run_python(code))[0] for _ in range(_REPETITIONS)))


def measure_pickling(resources: int, window: int = 100) -> dict[str, float]:
    """Measure the milliseconds in which the SDK pickles one provider, for the first and the last of ``resources``.

    These are medians of several processes, because a process takes less than a tenth of a second for all of them.
    """
    code = f"from benchmarks.program_costs import time_pickling; print(time_pickling({resources}, {window}))"
    measured = [json.loads(_run_python(code)) for _ in range(_REPETITIONS)]
    return {which: median(milliseconds[which] for milliseconds in measured) for which in ("first", "last")}


def time_pickling(resources: int, window: int) -> str:
    """Return the medians of the first and the last ``window`` times, as JSON; in a process that has pickled none."""
    from pulumi.dynamic.dynamic import serialize_provider  # noqa: PLC0415 - only that process needs it

    from pulumi_adobe.resources.databricks import DatabricksSourceConnectionProvider  # noqa: PLC0415 - the same

    milliseconds = []
    for _ in range(resources):
        start = time.perf_counter()
        serialize_provider(DatabricksSourceConnectionProvider())
        milliseconds.append((time.perf_counter() - start) * 1000)
    return json.dumps({"first": median(milliseconds[:window]), "last": median(milliseconds[-window:])})


def _run_python(code: str) -> str:
    # Installed packages are compiled, also if this machine sets PYTHONDONTWRITEBYTECODE.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)  # noqa: S603 - above
    return process.stdout
