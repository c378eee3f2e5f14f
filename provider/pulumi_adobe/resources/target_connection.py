"""A target connection: the dataset that a dataflow writes to.

Adobe: "Create a target connection" of the sources tutorials; the data lake's connection spec is always the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi

from pulumi_adobe.declaration import Declaration, Field, Properties
from pulumi_adobe.dynamic import FlowServiceProvider
from pulumi_adobe.members import member
from pulumi_adobe.resources.connection_fields import ADOPT, COMMON, CONNECTION_SPEC
from pulumi_adobe.resources.declared import DeclaredResource
from pulumi_adobe.resources.drafts import DRAFT, DraftBehaviour

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.job import Job
    from pulumi_adobe.lifecycle.run import Run

_KIND: Final = "TargetConnection"
_LAKE: Final = {"id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c", "version": "1.0"}
_VERSION: Final = "application/vnd.adobe.xed-full+json;version=1"


class _OfDataset(DraftBehaviour):
    """The schema is the dataset's, where the program does not say."""

    def problems(self, run: Run, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Iterable[str]:
        """Whether there is such a dataset, asked where it is a new one; out of reach it is a warning."""
        dataset, schema = news.get("dataSetId"), news.get("schemaId")
        if not isinstance(dataset, str) or dataset == olds.get("dataSetId"):
            return
        try:
            found = run.explored.dataset(dataset)
        except run.not_found:
            yield f"dataset_id: there is no dataset {dataset} in this sandbox"
            return
        except run.errors as error:
            run.say(f"warning: the dataset {dataset} could not be asked for: {error}")
            return
        its = _schema_of(found)
        if isinstance(schema, str) and its and its != schema:
            yield f"schema_id: the dataset {dataset} has the schema {its}"

    def completed(self, job: Job, news: Mapping[str, Any]) -> Properties:
        """With the schema."""
        if news.get("schemaId") is not None:
            return dict(news)
        return {**news, "schemaId": _schema_of(job.run.explored.dataset(str(news["dataSetId"])))}


def _schema_of(dataset: Mapping[str, Any]) -> str:
    return str(member(dataset, "schemaRef", "id") or "")


class TargetConnectionProvider(FlowServiceProvider):
    """The provider that stands, as a reference to this class, in the state of every target connection."""

    declaration: ClassVar[Declaration] = Declaration(
        _KIND,
        "targetConnections",
        (
            *COMMON,
            # Adobe: update-dataflows.md: a target connection is not to be updated under a dataflow.
            Field("dataSetId", ("params", "dataSetId"), "dataset_id", required=True, replaces=True),
            Field("schemaId", ("data", "schema", "id"), "schema_id", replaces=True, computed=True),
            Field("schemaVersion", ("data", "schema", "version"), "schema_version", required=True, replaces=True),
            CONNECTION_SPEC,
            DRAFT,
            ADOPT,
        ),
        whole=(),
        testable=False,
        behaviour=_OfDataset(),
    )


class TargetConnection(DeclaredResource, module="adobe", name="TargetConnection"):
    """A dataset of the data lake.

    A change of its name or description updates it; of anything else it replaces it, and the dataflows that write to it.
    """

    provider_class = TargetConnectionProvider
    fixed: ClassVar[Mapping[str, Any]] = {"connectionSpec": _LAKE}

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    dataset_id: pulumi.Output[str]
    schema_id: pulumi.Output[str]
    schema_version: pulumi.Output[str]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        dataset_id: pulumi.Input[str],
        schema_id: pulumi.Input[str] | None = None,
        schema_version: pulumi.Input[str] = _VERSION,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        draft: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: What Pulumi calls it.
            dataset_id: The dataset, 24 hex digits.
            schema_id: The `$id` of its schema; found out where it is left out.
            schema_version: The schema's content type and version.
            name: Its name in Experience Platform; the resource's where it is left out.
            description: What it is for.
            draft: `True` makes a draft, which is published as soon as that is taken away (Adobe: draft.md).
            adopt_id: The id of one to take over, where this one is not made yet; without effect afterwards.
            opts: Pulumi's options.
        """
        given = {
            "name": resource_name if name is None else name,
            "description": description,
            "dataset_id": dataset_id,
            "schema_id": schema_id,
            "schema_version": schema_version,
            "draft": draft or None,
            "adopt_id": adopt_id,
        }
        super().__init__(resource_name, given, opts)
