"""All checks, one after the other; one that needs what is not in order is not made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from adobe_flow.doctor import (
    backend,
    clock,
    landing_zone,
    organization,
    permission,
    sandbox,
    settings,
    sources,
    stack_state,
    token,
)
from adobe_flow.doctor import connectivity as network
from adobe_flow.doctor import project as stack_files
from adobe_flow.doctor.case import Case
from adobe_flow.doctor.connection import (
    cluster,
    credentials,
    delta_column,
    licence,
    schedule,
    schema,
    spark_key,
    table,
)
from adobe_flow.doctor.connection import dataflow as last_run
from adobe_flow.doctor.connection import landing_zone as landing_zone_of_connection
from adobe_flow.doctor.connection import source as connection
from adobe_flow.doctor.connection import target as identity
from adobe_flow.doctor.finding import OK, UNCHECKED, WRONG, Finding, NotApplicable, NotChecked
from adobe_flow.silence import silenced
from pulumi_adobe.advice import advise
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.redaction import Redactor


@dataclass(frozen=True)
class Check:
    """``run`` gives what is in order, or raises; ``after`` are the checks that it needs where it ``applies``."""

    name: str
    run: Callable[[Case], str]
    after: tuple[str, ...] = ()
    applies: Callable[[Case], bool] = lambda _: True


CHECKS = (
    Check("state backend", backend.check),
    # Without a stack, the settings are those of the environment, whatever the backend is like.
    Check("stack", stack_state.check, ("state backend",), lambda case: case.stack is not None),
    Check("stack files", stack_files.check),
    Check("settings", settings.check, ("stack",)),
    Check("network", network.check),
    Check("token", token.check, ("settings", "network")),
    Check("organization", organization.check, ("token",)),
    Check("sandbox", sandbox.check, ("organization",)),
    Check("permission", permission.check, ("sandbox",)),
    Check("sources", sources.check, ("sandbox",)),
    Check("landing zone", landing_zone.check, ("stack", "sandbox")),
    Check("clock", clock.check, ("token",)),
)

CONNECTION_CHECKS = (
    *(check for check in CHECKS if check.run is not landing_zone.check),
    Check("connection", connection.check, ("permission",)),
    Check("licence", licence.check, ("connection",)),
    Check("credentials", credentials.check, ("connection",)),
    Check("cluster", cluster.check, ("connection",)),
    Check("landing zone", landing_zone_of_connection.check, ("stack", "connection")),
    Check("Spark key", spark_key.check, ("landing zone",)),
    Check("table", table.check, ("connection", "cluster")),
    Check("delta column", delta_column.check, ("table",)),
    Check("identity", identity.check, ("connection",)),
    Check("schema", schema.check, ("connection",)),
    Check("schedule", schedule.check, ("connection",)),
    Check("last run", last_run.check, ("connection",)),
)
"""With a connection: the landing zone of its sandbox in the place of all that the stack manages."""


def examine(case: Case, tell: Callable[[str], None]) -> Iterator[Finding]:
    """The finding of each check; ``tell`` hears of each before it is made."""
    failed: dict[str, str] = {}
    redactor = Redactor(_secrets(case.environment))
    for check in CONNECTION_CHECKS if case.connection is not None else CHECKS:
        tell(check.name)
        root = next((failed[name] for name in check.after if name in failed and check.applies(case)), None)
        try:
            found = _found(check, case) if root is None else _blocked(check, root)
        except NotApplicable:
            continue
        if found.status == WRONG or root:
            failed[check.name] = root or check.name
        yield replace(found, text=_silenced(found.text, redactor), todo=_silenced(found.todo, redactor))


def _blocked(check: Check, root: str) -> Finding:
    return Finding(check.name, UNCHECKED, f"not checked, because the check of the {root} failed")


def _found(check: Check, case: Case) -> Finding:
    try:
        return Finding(check.name, OK, check.run(case))
    except NotChecked as reason:
        return Finding(check.name, UNCHECKED, f"not checked, because {reason}")
    except AdobeError as error:
        return Finding(check.name, WRONG, error.message, error.hint or advise(error))


_SECRET_NAME = re.compile(r"(ADOBE|PULUMI|DATABRICKS)_\w*(SECRET|TOKEN|PASSPHRASE)")


def _secrets(environment: Mapping[str, str]) -> Iterable[str]:
    return (value for name, value in environment.items() if _SECRET_NAME.fullmatch(name))


def _silenced(text: str, redactor: Redactor) -> str:
    """Whoever says it, Pulumi included: no secret of the environment, no password of an address, no line of a file."""
    return silenced(redactor.redact_message(text))
