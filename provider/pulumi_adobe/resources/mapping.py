"""One mapping of a dataflow, as a program declares it."""

from __future__ import annotations

import inspect
from collections import abc
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi

from pulumi_adobe.resource_types.mapping import ATTRIBUTE, EXPRESSION, STATIC, MappingEntry, normalize_mapping
from pulumi_adobe.schema.naming import LiteralKey


@dataclass(frozen=True)
class Mapping:
    """Fills one path of the XDM schema. `Mapping(source="email", to="personalEmail.address")`.

    Attributes:
        source: The name of a column, or the path of a nested value, such as `emails[0].address`. The provider quotes
            names that Data Prep takes only as `${First Name}`; a name that is already quoted is sent as it is.
        to: The path in the XDM schema, such as `items[*].sku`.
        type: Adobe's type of the source: `ATTRIBUTE`, `EXPRESSION` or `STATIC`.
    """

    source: pulumi.Input[str]
    to: pulumi.Input[str]
    type: str = ATTRIBUTE

    @classmethod
    def expression(cls, expression: pulumi.Input[str], *, to: pulumi.Input[str]) -> Mapping:
        """Return a calculated field, such as `Mapping.expression("upper(email)", to="personalEmail.address")`.

        Args:
            expression: The expression in the language of Data Prep, at most 4,096 characters. It is sent as it is:
                the program quotes names in it, as in `upper(${First Name})`.
            to: The path in the XDM schema.
        """
        return cls(expression, to, EXPRESSION)

    @classmethod
    def constant(cls, value: pulumi.Input[str | int | float | bool], *, to: pulumi.Input[str]) -> Mapping:
        """Return a constant. It is sent as a text.

        Args:
            value: The constant.
            to: The path in the XDM schema.
        """
        text = pulumi.Output.from_input(value).apply(_to_text) if is_unresolved(value) else _to_text(value)
        return cls(text, to, STATIC)


MappingInput = pulumi.Input[abc.Mapping[str, pulumi.Input[str]]] | pulumi.Input[Sequence[Mapping]]
"""A mapping as programs give it: the short form, an object of columns and paths, or a list."""


if TYPE_CHECKING:
    MappingOutput = abc.Mapping[str, str] | Sequence[abc.Mapping[str, str]]
else:
    # The SDK (pulumi/runtime/rpc.py, `translate_output_properties`) refuses an object or a list whose type is a union.
    MappingOutput = Any


def declare_mapping(mapping: Any) -> Any:
    """Return a mapping as the state has it; an output if the program gives one."""
    if is_unresolved(mapping):
        return pulumi.Output.from_input(mapping).apply(declare_mapping)
    if isinstance(mapping, Sequence) and not isinstance(mapping, str):
        mapping = normalize_mapping([_declare_element(element) for element in mapping])
    return {_keep_name(key): path for key, path in mapping.items()} if isinstance(mapping, dict) else mapping


def is_unresolved(value: object) -> bool:
    """Return whether a value is an output, or another value that will be known later."""
    return isinstance(value, pulumi.Output) or inspect.isawaitable(value)


def _declare_element(element: object) -> object:
    if not isinstance(element, Mapping):
        return element
    return MappingEntry(element.source, element.to, element.type).to_state()


def _keep_name(key: Any) -> Any:
    return LiteralKey(key) if isinstance(key, str) else key


def _to_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
