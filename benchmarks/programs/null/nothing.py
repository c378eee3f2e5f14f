"""A provider that does nothing, so that its cost is Pulumi's own cost."""

import uuid

from declared import OUTPUTS
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, ResourceProvider, UpdateResult


class NothingProvider(ResourceProvider):
    """A provider that is importable and empty like this project's, so that its pickle is a reference."""

    serialize_as_secret_always = False

    def diff(self, _id, olds, news):
        """Return whether the inputs of the program have changed, without any request."""
        return DiffResult(changes=any(olds.get(name) != value for name, value in news.items()))

    def create(self, props):
        """Return a random id and the inputs, without any request."""
        return CreateResult(str(uuid.uuid4()), {**props, **OUTPUTS})

    def read(self, id_, props):
        """Return the prior outputs."""
        inputs = {name: value for name, value in props.items() if name not in OUTPUTS and name != "__provider"}
        return ReadResult(id_, dict(props), inputs)

    def update(self, _id, _olds, news):
        """Return the new inputs."""
        return UpdateResult({**news, **OUTPUTS})
