"""One operation in a process of its own, whose memory nothing else uses: `python -m tests.hostile.flooded_process`."""

from __future__ import annotations

import json
import resource
import sys
import time

from pulumi_adobe.errors import AdobeError
from tests.hostile.trials import CALLS, create_client, create_with_life_cycle


def main(url: str, place: str) -> None:
    """Run the operation of a place, and write what came of it, with the growth of the memory in MB."""
    client = create_client(url)
    if place != "token":
        client.authenticate()
    call = create_with_life_cycle if place == "create" else CALLS[place]
    used_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started_at = time.monotonic()
    result, error = None, ""
    try:
        result = call(client)
    except AdobeError as caught:
        error = f"{type(caught).__name__}: {caught}"
    seconds = time.monotonic() - started_at
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used_before
    json.dump({"result": result, "error": error, "seconds": seconds, "megabytes": used / 1024}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
