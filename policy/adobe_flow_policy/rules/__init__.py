"""The rules, one file each with its `RULE`; every file of this folder is in the pack."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Final

from adobe_flow_policy.rule import ResourceRule, StackRule

RULES: Final[tuple[ResourceRule | StackRule, ...]] = tuple(
    import_module(f"{__name__}.{module.name}").RULE for module in pkgutil.iter_modules(__path__)
)
