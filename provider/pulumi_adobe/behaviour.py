"""What a kind of resource does beyond its body. The life cycle calls it; most kinds are content with this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_adobe.declaration import Properties
    from pulumi_adobe.lifecycle.job import ResourceOperation
    from pulumi_adobe.lifecycle.run import ProviderContext


class LifecycleHooks:
    """Nothing special. ``olds`` are old outputs, empty for what is new; ``news`` are inputs."""

    def validate(self, _context: ProviderContext, _prior_outputs: Mapping[str, Any], _new_inputs: Mapping[str, Any]) -> Iterable[str]:
        """What a check finds that needs the old inputs, the clock, or Flow Service."""
        return ()

    def plan(self, _prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
        """The inputs with all that follows from them; UNKNOWN where only the update will know. Sends nothing."""
        return dict(new_inputs)

    def requires_replace(self, _prior_outputs: Mapping[str, Any], _new_inputs: Mapping[str, Any]) -> tuple[str, ...]:
        """The fields whose change this time forces a replacement; ``news`` are planned."""
        return ()

    def resolve(self, _operation: ResourceOperation, new_inputs: Mapping[str, Any]) -> Properties:
        """The planned inputs with what had to be asked for or made for them. Right before the write."""
        return dict(new_inputs)

    def after_write(self, _operation: ResourceOperation, _id: str, outputs: Properties) -> Properties:
        """What is left to do after the write; the outputs, changed where that changed them."""
        return outputs

    def read_extra(self, _entity: Mapping[str, Any], _prior_outputs: Mapping[str, Any]) -> Properties:
        """What a read shows beyond the fields, given the old outputs ``kept``."""
        return {}


NO_HOOKS = LifecycleHooks()
"""Nothing special."""
