"""What several checks ask about is asked once, whether it can be had or not."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from pulumi_adobe.errors import AdobeError

_Method = TypeVar("_Method", bound=Callable[..., Any])


def once(method: _Method) -> _Method:
    """Let a method that is called again with the same arguments return, or raise, what it did the first time.

    The object keeps that in its dictionary ``known``.
    """

    @functools.wraps(method)
    def known(self: Any, *args: Any) -> Any:
        key = (method.__name__, args) if args else method.__name__
        if key not in self.known:
            try:
                self.known[key] = method(self, *args)
            except AdobeError as error:
                self.known[key] = error
        found = self.known[key]
        if isinstance(found, AdobeError):
            raise found
        return found

    return cast(_Method, known)
