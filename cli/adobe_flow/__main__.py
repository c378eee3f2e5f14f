"""Runs the command line, and tells what could not be done in one paragraph."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from adobe_flow.app import app
from adobe_flow.encoding import prepare_streams
from adobe_flow.exit_codes import FAILED, INTERRUPTED
from adobe_flow.shown import say
from pulumi_adobe.advice import with_advice
from pulumi_adobe.errors import AdobeError


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that the arguments name (those of the process, unless given), and exit with its code."""
    prepare_streams()
    try:
        app(args=list(arguments) if arguments is not None else None)
    except AdobeError as error:
        say(f"adobe-flow: {with_advice(error)}")
        sys.exit(FAILED)
    except KeyboardInterrupt:
        say("adobe-flow: ended.")
        sys.exit(INTERRUPTED)
    sys.exit(0)


if __name__ == "__main__":
    main()
