"""How a state holds a resource of the native adapter: its properties under the names of the life cycle.

Imports nothing of Pulumi's SDK.
"""

from __future__ import annotations

from typing import Final

TYPE_PREFIX: Final = "adobe:index:"
"""How the type token of each resource begins; frozen in users' states."""
