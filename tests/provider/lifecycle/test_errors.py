"""The errors of the life cycle."""

from __future__ import annotations

from pulumi_adobe.flow_service.errors import Unavailable
from pulumi_adobe.lifecycle import errors
from pulumi_adobe.lifecycle.errors import PartialFailure


def test_a_partial_failure_keeps_the_cause_the_id_and_the_outputs() -> None:
    cause = Unavailable("GET /connections answered 503", "Try again later.", status=503)

    failure = PartialFailure(cause, "id-1", {"name": "lake"})

    assert str(failure) == str(cause)
    assert failure.cause is cause
    assert (failure.id, failure.outputs) == ("id-1", {"name": "lake"})


def test_the_tree_in_the_docstring_names_every_error() -> None:
    names = {
        name for name, value in vars(errors).items() if isinstance(value, type) and value.__module__ == errors.__name__
    }

    tree = (errors.__doc__ or "").splitlines()
    assert {line.split()[1] for line in tree if line.startswith(("├", "└"))} == names
