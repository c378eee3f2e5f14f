"""Runs the command line, and tells what could not be done in one paragraph."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from adobe_flow.app import app
from adobe_flow.exit_codes import FAILED, INTERRUPTED
from adobe_flow.private_folder import remove_abandoned_folders
from adobe_flow.shown import REDACTOR, say
from adobe_flow.signals import handle_ending_signals
from pulumi_adobe.advice import with_advice
from pulumi_adobe.errors import AdobeError, wrap_unexpected_error


@handle_ending_signals()
def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that the arguments name (those of the process, unless given), and exit with its code."""
    remove_abandoned_folders()
    try:
        app(args=list(arguments) if arguments is not None else None)
    except AdobeError as error:
        say(f"adobe-flow: {with_advice(error)}")
        sys.exit(FAILED)
    except KeyboardInterrupt:
        say("adobe-flow: ended.")
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - a defect of ours, whose text may hold a secret
        say(str(wrap_unexpected_error("adobe-flow", error, REDACTOR.redact)))
        sys.exit(FAILED)
    sys.exit(0)


if __name__ == "__main__":
    main()
