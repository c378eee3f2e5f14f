"""The memory of a context: it asks for each thing once, also if that fails."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from pulumi_adobe.errors import AdobeError

_Method = TypeVar("_Method", bound=Callable[..., Any])


def memoize(method: _Method) -> _Method:
    """Let a method that is called again with the same arguments return, or raise, what it did the first time.

    The object keeps these results in its dictionary ``results``.
    """

    @functools.wraps(method)
    def call_once(self: Any, *args: Any) -> Any:
        key = (method.__name__, args) if args else method.__name__
        if key not in self.results:
            try:
                self.results[key] = method(self, *args)
            except AdobeError as error:
                self.results[key] = error
        result = self.results[key]
        if isinstance(result, AdobeError):
            raise result
        return result

    return cast(_Method, call_once)
