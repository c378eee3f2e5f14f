"""What a kind of resource does beyond its body. The life cycle calls it; most kinds are content with this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_adobe.declaration import Properties
    from pulumi_adobe.lifecycle.job import Job
    from pulumi_adobe.lifecycle.run import Run


class Behaviour:
    """Nothing special. ``olds`` are old outputs, empty for what is new; ``news`` are inputs."""

    def problems(self, _run: Run, _olds: Mapping[str, Any], _news: Mapping[str, Any]) -> Iterable[str]:
        """What a check finds that needs the old inputs, the clock, or Flow Service."""
        return ()

    def planned(self, _olds: Mapping[str, Any], news: Mapping[str, Any]) -> Properties:
        """The inputs with all that follows from them; UNKNOWN where only the update will know. Sends nothing."""
        return dict(news)

    def replaces(self, _olds: Mapping[str, Any], _news: Mapping[str, Any]) -> tuple[str, ...]:
        """The fields whose change this time forces a replacement; ``news`` are planned."""
        return ()

    def completed(self, _job: Job, news: Mapping[str, Any]) -> Properties:
        """The planned inputs with what had to be asked for or made for them. Right before the write."""
        return dict(news)

    def finished(self, _job: Job, _id: str, outputs: Properties) -> Properties:
        """What is left to do after the write; the outputs, changed where that changed them."""
        return outputs

    def seen(self, _entity: Mapping[str, Any], _kept: Mapping[str, Any]) -> Properties:
        """What a read shows beyond the fields, given the old outputs ``kept``."""
        return {}


PLAIN = Behaviour()
"""Nothing special."""
