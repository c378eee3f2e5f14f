"""Import: a resource that no state has, read by its id."""

from __future__ import annotations

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.read import ReadState
from pulumi_adobe.plugin.native.resource import NativeResource


def import_resource(resource: NativeResource, id_: str) -> ReadState | None:
    """Return the resource with this id as an import stores it; None if there is none."""
    raise AdobeError(f"{resource.type_name} {id_} cannot be imported.")
