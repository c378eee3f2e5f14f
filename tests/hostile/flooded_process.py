"""One operation in a process of its own, whose memory nothing else uses: `python -m tests.hostile.flooded_process`."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from pulumi_adobe.errors import AdobeError
from tests.hostile.trials import CALLS, create_client, create_with_life_cycle


def main(url: str, place: str) -> None:
    """Run the operation of a place, and write what came of it, with the growth of the memory in MB."""
    client = create_client(url)
    if place != "token":
        client.authenticate()
    call = create_with_life_cycle if place == "create" else CALLS[place]
    used_before = read_peak()
    started_at = time.monotonic()
    result, error = None, ""
    try:
        result = call(client)
    except AdobeError as caught:
        error = f"{type(caught).__name__}: {caught}"
    seconds = time.monotonic() - started_at
    megabytes = (read_peak() - used_before) / 1024
    json.dump({"result": result, "error": error, "seconds": seconds, "megabytes": megabytes}, sys.stdout)


def read_peak() -> int:
    """Return the most memory that this process has used, in kB; getrusage counts that of the parent process too."""
    (peak,) = re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(peak)


if __name__ == "__main__":
    main(*sys.argv[1:])
