"""All checks, one after the other. A check is skipped if one that it needs has failed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from adobe_flow.doctor import connectivity, organization, project
from adobe_flow.doctor.connection import dataflow, landing_zone, source, target
from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.finding import OK, UNCHECKED, WRONG, CheckSkipped, Finding, NotApplicable
from adobe_flow.pulumi_cli.errors import redact_pulumi_message
from pulumi_adobe.advice import advise
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.redaction import Redactor


@dataclass(frozen=True)
class Check:
    """A check of `adobe-flow doctor`: its name, its function, and the checks that must pass before it.

    Attributes:
        run: Returns what is in order, or raises what is wrong.
        after: The checks that this one needs, if it ``applies``.
    """

    name: str
    run: Callable[[DoctorContext], str]
    after: tuple[str, ...] = ()
    applies: Callable[[DoctorContext], bool] = lambda _: True


_LANDING_ZONES = Check("landing zone", organization.check_landing_zones, ("stack", "sandbox"))

CHECKS = (
    Check("state backend", project.check_backend),
    # Without a stack, the settings are those of the environment, whatever the backend is like.
    Check("stack", project.check_stack, ("state backend",), lambda context: context.stack is not None),
    Check("stack files", project.check_stack_files),
    Check("settings", project.check_settings, ("stack",)),
    Check("network", connectivity.check_network),
    Check("token", connectivity.check_token, ("settings", "network")),
    Check("organization", organization.check_organization, ("token",)),
    Check("sandbox", organization.check_sandbox, ("organization",)),
    Check("permission", organization.check_permission, ("sandbox",)),
    Check("sources", organization.check_sources, ("sandbox",)),
    _LANDING_ZONES,
    Check("clock", connectivity.check_clock, ("token",)),
)

CONNECTION_CHECKS = (
    *(check for check in CHECKS if check is not _LANDING_ZONES),
    Check("connection", source.check_connection, ("permission",)),
    Check("licence", source.check_licence, ("connection",)),
    Check("credentials", source.check_credentials, ("connection",)),
    Check("cluster", source.check_cluster, ("connection",)),
    Check("landing zone", landing_zone.check_landing_zone, ("stack", "connection")),
    Check("Spark key", landing_zone.check_spark_key, ("landing zone",)),
    Check("table", source.check_tables, ("connection", "cluster")),
    Check("delta column", source.check_delta_columns, ("table",)),
    Check("identity", target.check_identity, ("connection",)),
    Check("schema", target.check_schema, ("connection",)),
    Check("schedule", dataflow.check_schedules, ("connection",)),
    Check("last run", dataflow.check_last_runs, ("connection",)),
)
"""The checks with --connection. They replace the landing zones of the stack by that of the connection's sandbox."""


def run_checks(context: DoctorContext, report_step: Callable[[str], None]) -> Iterator[Finding]:
    """Yield the finding of each check; ``report_step`` is called with the name of each before it begins."""
    failed: dict[str, str] = {}
    redactor = Redactor(_list_secrets(context.environment))
    for check in CONNECTION_CHECKS if context.connection is not None else CHECKS:
        report_step(check.name)
        cause = next((failed[name] for name in check.after if name in failed and check.applies(context)), None)
        try:
            finding = _run_check(check, context) if cause is None else _build_skipped_finding(check, cause)
        except NotApplicable:
            continue
        if finding.status == WRONG or cause:
            failed[check.name] = cause or check.name
        yield replace(finding, text=_redact(finding.text, redactor), todo=_redact(finding.todo, redactor))


def _build_skipped_finding(check: Check, cause: str) -> Finding:
    return Finding(check.name, UNCHECKED, f"not checked, because the check of the {cause} failed")


def _run_check(check: Check, context: DoctorContext) -> Finding:
    try:
        return Finding(check.name, OK, check.run(context))
    except CheckSkipped as reason:
        return Finding(check.name, UNCHECKED, f"not checked, because {reason}")
    except AdobeError as error:
        return Finding(check.name, WRONG, error.message, error.hint or advise(error))


_SECRET_NAME = re.compile(r"(ADOBE|PULUMI|DATABRICKS)_\w*(SECRET|TOKEN|PASSPHRASE)")


def _list_secrets(environment: Mapping[str, str]) -> Iterable[str]:
    return (value for name, value in environment.items() if _SECRET_NAME.fullmatch(name))


def _redact(text: str, redactor: Redactor) -> str:
    """Remove secrets of the environment, passwords of addresses and excerpts of files, also from Pulumi's messages."""
    return redact_pulumi_message(redactor.redact_message(text))
