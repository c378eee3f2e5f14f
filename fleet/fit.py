"""Least squares of the relative errors, so that a run of 3 s weighs as much as one of 60 s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Curve:
    """A polynomial: ``fixed + linear·n + quadratic·n²``."""

    fixed: float
    linear: float = 0.0
    quadratic: float = 0.0

    def __call__(self, n: float) -> float:
        """Its value."""
        return self.fixed + self.rest(n)

    def rest(self, n: float) -> float:
        """Its value without what is fixed."""
        return self.linear * n + self.quadratic * n * n


def fitted(numbers: Sequence[float], values: Sequence[float], degree: int) -> Curve:
    """The polynomial with the smallest sum of squared relative errors. Raises ValueError with too few points."""
    if len(set(numbers)) <= degree:
        raise ValueError(f"{degree + 1} different points are needed, not {len(set(numbers))}")
    weights = 1 / np.asarray(values, dtype=float)
    powers = np.vander(np.asarray(numbers, dtype=float), degree + 1, increasing=True)
    solved, *_ = np.linalg.lstsq(powers * weights[:, None], np.ones(len(weights)), rcond=None)
    # Six digits that count: the rest differs from one linear algebra library to the next, and a page is made from it.
    return Curve(*(float(f"{each:.6g}") for each in solved))


def residual(curve: Callable[[float], float], number: float, value: float) -> float:
    """How far the curve lies above the measured value, as a part of that."""
    return curve(number) / value - 1
