"""Calculated fields: a small part of Data Prep's language.

Texts in double or single quotes, numbers, `true`, `false`, `null`, paths, and the functions below. Adobe: "Data Prep
mapping functions"; `to_map` is in the guide for LAVA. Decided: operators and all other functions are unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flow_service_emulator.lake import mapping_paths

MAX_LENGTH: Final = 4096
_MAX_LEVELS: Final = 50
_BLANKS: Final = re.compile(r"\s*")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_TEXT: Final = re.compile(r'"((?:\\.|[^"\\])*)"|\'((?:\\.|[^\'\\])*)\'', re.DOTALL)
_WORD: Final = re.compile(r"[A-Za-z_]\w*")
_WORDS: Final = {"true": True, "false": False, "null": None}

Evaluate = Callable[[Mapping[str, Any]], Any]


class ExpressionError(ValueError):
    """An expression has no value."""


def compile_expression(expression: str) -> Evaluate:
    """Return the function from a row to the value of an expression; raises `ExpressionError`."""
    if len(expression) > MAX_LENGTH:
        raise ExpressionError(f"the expression is longer than {MAX_LENGTH} characters")
    parser = _ExpressionParser(expression)
    evaluate = parser.parse(0)
    if parser.position < len(expression):
        raise ExpressionError(f"unexpected [{expression[parser.position :][:20]}]")
    return evaluate


class _ExpressionParser:
    """A parser that reads an expression from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def parse(self, level: int) -> Evaluate:
        """Parse the value at the current position, and return its evaluator."""
        if level > _MAX_LEVELS:
            raise ExpressionError(f"more than {_MAX_LEVELS} levels")
        self._skip_blanks()
        for pattern, convert in ((_TEXT, _unquote), (_NUMBER, _parse_number)):
            literal = pattern.match(self.text, self.position)
            if literal is not None:
                return self._build_constant(literal.end(), convert(literal))
        word = _WORD.match(self.text, self.position)
        if word is not None and self.text[word.end() : word.end() + 1] == "(":
            return self._parse_call(word, level)
        if word is not None and word[0] in _WORDS:
            return self._build_constant(word.end(), _WORDS[word[0]])
        return self._parse_attribute()

    def _build_constant(self, end: int, value: Any) -> Evaluate:
        self.position = end
        self._skip_blanks()
        return lambda _row: value

    def _parse_attribute(self) -> Evaluate:
        try:
            path, self.position = mapping_paths.parse_path_at(self.text, self.position, mapping_paths.RESERVED)
        except mapping_paths.NoPathError as error:
            raise ExpressionError(str(error)) from None
        self._skip_blanks()

        def evaluate(row: Mapping[str, Any]) -> Any:
            if path[0] not in row:
                raise ExpressionError(f"the attribute [{path[0]}] does not exist")
            return mapping_paths.read_at_path(row, path)

        return evaluate

    def _parse_call(self, word: re.Match[str], level: int) -> Evaluate:
        function = FUNCTIONS.get(word[0])
        if function is None:
            raise ExpressionError(f"the function [{word[0]}] does not exist")
        self.position = word.end() + 1
        arguments = self._parse_arguments(level)
        if not function.least <= len(arguments) <= function.most:
            raise ExpressionError(f"the function [{word[0]}] does not take {len(arguments)} arguments")
        return lambda row: function.compute([argument(row) for argument in arguments])

    def _parse_arguments(self, level: int) -> list[Evaluate]:
        arguments: list[Evaluate] = []
        self._skip_blanks()
        if self._take_character(")"):
            return arguments
        while True:
            arguments.append(self.parse(level + 1))
            if self._take_character(")"):
                return arguments
            if not self._take_character(","):
                raise ExpressionError("a closing bracket is missing")

    def _take_character(self, character: str) -> bool:
        if self.text[self.position : self.position + 1] != character:
            return False
        self.position += 1
        self._skip_blanks()
        return True

    def _skip_blanks(self) -> None:
        blanks = _BLANKS.match(self.text, self.position)
        self.position = blanks.end() if blanks else self.position


def _unquote(literal: re.Match[str]) -> str:
    return re.sub(r"\\(.)", r"\1", literal[1] if literal[2] is None else literal[2], flags=re.DOTALL)


def _parse_number(literal: re.Match[str]) -> int | float:
    return float(literal[0]) if "." in literal[0] else int(literal[0])


@dataclass(frozen=True)
class _ExpressionFunction:
    """A function of the language, and how many arguments it takes."""

    compute: Callable[[list[Any]], Any]
    least: int = 1
    most: int = MAX_LENGTH


def _to_text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _build_text_function(convert: Callable[[str], str]) -> _ExpressionFunction:
    return _ExpressionFunction(lambda values: None if values[0] is None else convert(_to_text(values[0])), 1, 1)


def _to_array(values: list[Any]) -> list[Any]:
    return [value for value in values[1:] if values[0] is True or value is not None]


def _to_object(values: list[Any]) -> dict[str, Any]:
    if len(values) % 2:
        raise ExpressionError("an object needs a value for each key")
    return {_to_text(key): value for key, value in zip(values[::2], values[1::2], strict=True)}


def _get_first_value(values: list[Any]) -> Any:
    return next((value for value in values if value is not None), None)


FUNCTIONS: Final[Mapping[str, _ExpressionFunction]] = {
    "upper": _build_text_function(str.upper),
    "ucase": _build_text_function(str.upper),
    "lower": _build_text_function(str.lower),
    "lcase": _build_text_function(str.lower),
    "trim": _build_text_function(str.strip),
    "ltrim": _build_text_function(str.lstrip),
    "rtrim": _build_text_function(str.rstrip),
    "concat": _ExpressionFunction(lambda values: "".join(map(_to_text, values))),
    "coalesce": _ExpressionFunction(_get_first_value),
    "nullify": _ExpressionFunction(lambda _values: None, 0, 0),
    "to_array": _ExpressionFunction(_to_array),
    "to_object": _ExpressionFunction(_to_object, 0),
    "to_map": _ExpressionFunction(_to_object, 0),
}
