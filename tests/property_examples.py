"""How many examples a property is tried with: all of them by `make test`, a fifth by `make check`."""

from __future__ import annotations

from hypothesis import settings

QUICK = "quick"
_ALL, _FEW = 100, 20

settings.register_profile(QUICK, max_examples=_FEW)


def scale_examples(count: int) -> int:
    """Return this number of examples, or a fifth of it under the profile of `make check`."""
    return max(1, count * settings().max_examples // _ALL)
