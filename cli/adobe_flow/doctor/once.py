"""What several checks ask about is asked once, whether it can be had or not."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from pulumi_adobe.errors import AdobeError


class _Knows(Protocol):
    known: dict[Any, Any]


_Self = TypeVar("_Self", bound=_Knows)
_P = ParamSpec("_P")
_T = TypeVar("_T")


def once(method: Callable[Concatenate[_Self, _P], _T]) -> Callable[Concatenate[_Self, _P], _T]:
    """Let a method that is called again with the same arguments return, or raise, what it did the first time."""

    @functools.wraps(method)
    def known(self: _Self, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        key = (method.__name__, args) if args else method.__name__
        if key not in self.known:
            try:
                self.known[key] = method(self, *args, **kwargs)
            except AdobeError as error:
                self.known[key] = error
        found = self.known[key]
        if isinstance(found, AdobeError):
            raise found
        return cast(_T, found)

    return known
