"""Entry point of one Pulumi program, in a process of the program's own Python.

It follows pulumi-language-python-exec of Pulumi's Python SDK (Copyright 2016, Pulumi Corporation; Apache-2.0).
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import runpy
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pulumi
import pulumi.runtime

ALREADY_REPORTED = 32
"""The exit code that tells the host that the engine has shown the error already."""


def main(arguments: list[str]) -> int:
    """Run the program, and return the exit code."""
    options = _parse_arguments(arguments)
    pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env())
    parallel = int(options.parallel)
    settings = pulumi.runtime.Settings(
        monitor=options.monitor,
        engine=options.engine,
        project=options.project,
        stack=options.stack,
        parallel=parallel,
        dry_run=options.dry_run == "true",
        organization=options.organization,
        root_directory=options.root_directory,
    )
    pulumi.runtime.configure(settings)
    sys.argv = [options.program, *options.arguments]
    # Python put the folder of this file here. The program must import the modules beside it instead.
    sys.path[0] = str(_locate_main_file(options.program).parent)
    # A failed program leaves futures without a reader, and asyncio would log each of them.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    return _run_in_stack(options.program, max(parallel, 1) * 4)


def _run_in_stack(program: str, threads: int) -> int:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    with ThreadPoolExecutor(threads) as executor:
        loop.set_default_executor(executor)
        try:
            loop.run_until_complete(pulumi.runtime.run_in_stack(lambda: _run_main_file(program)))
        except pulumi.RunError as error:
            pulumi.log.error(str(error))
            return 1
        except Exception:  # noqa: BLE001 - every error of the program is shown and ends it
            pulumi.log.error(f"Program failed with an unhandled exception:\n{_format_traceback(program)}")
            return ALREADY_REPORTED
    return 0


def _run_main_file(program: str) -> None:
    runpy.run_path(program, run_name="__main__")


def _locate_main_file(program: str) -> Path:
    path = Path(program).resolve()
    return path / "__main__.py" if path.is_dir() else path


def _format_traceback(program: str) -> str:
    """Return the traceback from the first line of the program on."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    for index, frame in enumerate(frames):
        if Path(frame.filename).resolve() == _locate_main_file(program):
            return traceback.format_exc(limit=index - len(frames))
    return traceback.format_exc()


def _parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in ("monitor", "engine", "project", "stack", "organization", "root_directory", "pwd"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--parallel", default="0")
    parser.add_argument("--dry_run", default="false")
    parser.add_argument("program")
    parser.add_argument("arguments", nargs="*")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
