"""What a user has to know of a source before anything is written: its end at Adobe, and parameters of older pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.resource_types.base_connection import PARAMS
from pulumi_adobe.resource_types.fields import SPEC_BY_ID
from pulumi_adobe.sources import ConnectionSpec, connection_specs

_HOW_TO_FIND_ID: Final = (
    "Adobe publishes no id of its connection spec: if your organization has it, `adobe-flow sources --compare` shows "
    "the id, and {} takes it"
)


def warn_about_source(
    context: ProviderContext, resource: str, spec: ConnectionSpec, auth_spec: str = "", names: Iterable[str] = ()
) -> None:
    """Show what the catalogue says against this use of a source.

    Args:
        context: Shows the warnings, each of them once.
        resource: The resource, as messages name it.
        spec: Its source.
        auth_spec: How it authenticates; empty for a source without base connections.
        names: The names of the parameters that it gives.
    """
    obsolete_parameters = _describe_obsolete_parameters(context, spec, auth_spec, set(names))
    for text in (*_describe_status(context, spec), *obsolete_parameters):
        context.show_message_once(f"warning: {resource}: {text}.")


def _describe_status(context: ProviderContext, spec: ConnectionSpec) -> Iterator[str]:
    if spec.status == "deprecated":
        yield f"Adobe has deprecated the source {spec.title}. {_describe_successor(context, spec)}"
    elif spec.status == "not-working":
        yield (
            f"connections of the source {spec.title} no longer work: Adobe has ended it, and migrates none. "
            f"{_describe_successor(context, spec)}"
        )


def _describe_successor(context: ProviderContext, spec: ConnectionSpec) -> str:
    if not spec.successor:
        return "Adobe names no successor: bring the data to another source, such as files"
    successor = next((other for other in connection_specs().values() if other.title == spec.successor), None)
    if successor is None:
        return f"Use {spec.successor} instead. {_HOW_TO_FIND_ID.format(context.get_label(SPEC_BY_ID))}"
    return f'Use {successor.title} instead (source="{successor.source}")'


def _describe_obsolete_parameters(
    context: ProviderContext, spec: ConnectionSpec, auth_spec: str, names: set[str]
) -> Iterator[str]:
    label = context.get_label(PARAMS)
    for parameter in spec.auth_specs.get(auth_spec, ()):
        if parameter.obsolete and parameter.name in names:
            yield (
                f"{label}.{parameter.name}: only an older page of Adobe's documentation has this parameter of "
                f"{spec.title}. It is sent; remove it if the connection works without it"
            )
