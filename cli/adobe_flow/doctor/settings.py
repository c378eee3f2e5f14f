"""The settings: complete, and well formed; all that is wrong with them at once."""

from __future__ import annotations

from adobe_flow.doctor.case import Case
from adobe_flow.doctor.project import stack_names
from adobe_flow.problem import Problem
from pulumi_adobe.config.settings import SettingsError


def check(case: Case) -> str:
    """Read them as the provider does."""
    try:
        access = case.place().settings.credentials
    except SettingsError as error:
        raise Problem(error.message, f"{error.hint} {_where_else(case)}".strip()) from None
    read = f"of the stack {case.stack.name} and the environment" if case.stack else "of the environment"
    return f"sandbox {access.sandbox} of {access.org_id}, client id {access.client_id}, at {access.endpoint} ({read})"


def _where_else(case: Case) -> str:
    """A person in a project's folder means its stack, and may not have said so."""
    names = [] if case.stack else stack_names(case)
    return f"There are {', '.join(names)}: adobe-flow doctor --stack {names[0]}" if names else ""
