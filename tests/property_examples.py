"""How many examples a property is tried with: all of them by `make test`, a fifth by `make check`."""

from __future__ import annotations

from hypothesis import settings

QUICK = "quick"
_ALL, _FEW = 100, 20

# Based on Hypothesis's own profile, which in CI draws the same examples each time. A busy machine may be slow.
settings.register_profile(QUICK, settings(), max_examples=_FEW, deadline=None)


def scale_examples(count: int) -> int:
    """Return this number of examples, or a fifth of it under the profile of `make check`."""
    return max(1, count * settings().max_examples // _ALL)
