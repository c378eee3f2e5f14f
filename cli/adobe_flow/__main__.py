"""The entry point of the command line: runs a command, and prints its error in one paragraph."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from adobe_flow.app import app, move_debug_first
from adobe_flow.encoding import prepare_streams
from adobe_flow.exit_codes import DEFECT, FAILED, INTERRUPTED
from adobe_flow.private_folder import remove_abandoned_folders
from adobe_flow.safe_output import REDACTOR, discard_output, write_to_stderr
from adobe_flow.signals import handle_ending_signals
from pulumi_adobe.advice import with_advice
from pulumi_adobe.errors import AdobeError, wrap_unexpected_error


@handle_ending_signals()
def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that the arguments name (those of the process, unless given), and exit with its code."""
    prepare_streams()
    remove_abandoned_folders()
    try:
        app(args=move_debug_first(sys.argv[1:] if arguments is None else arguments))
    except AdobeError as error:
        write_to_stderr(f"adobe-flow: {with_advice(error)}")
        sys.exit(FAILED)
    except KeyboardInterrupt:
        write_to_stderr("adobe-flow: ended.")
        sys.exit(INTERRUPTED)
    except OSError as error:
        # A full disk, a missing permission, a broken file system: nothing that this program does wrong.
        discard_output()
        where = f": {error.filename}" if error.filename else ""
        write_to_stderr(
            f"adobe-flow: {error.strerror or type(error).__name__}{where}.\nCorrect that, then run it again."
        )
        sys.exit(FAILED)
    except Exception as error:  # noqa: BLE001 - a defect of ours, whatever it is
        write_to_stderr(f"adobe-flow: {wrap_unexpected_error('adobe-flow', error, REDACTOR.redact)}")
        sys.exit(DEFECT)
    sys.exit(0)


if __name__ == "__main__":
    main()
