"""The pages of docs/resources: one per resource, from signatures, docstrings and resource schemas."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

import pulumi

import pulumi_adobe
from pulumi_adobe.flow_service.dataflows import COLLECTION as DATAFLOWS
from pulumi_adobe.lifecycle import errors
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.base import AdobeResource, FlowServiceResource
from pulumi_adobe.schema.naming import snake_case
from pulumi_adobe.schema.resource_schema import ResourceSchema

FOLDER: Final = Path(__file__).with_name("resources")
EXAMPLES: Final = Path(__file__).parents[1] / "examples"
_INTRODUCTION: Final = "On this page you find an example, the arguments and outputs, and what a change of each does."
_COMPONENT_INTRODUCTION: Final = "On this page you find an example of this component, and its arguments."
_INDEX_INTRODUCTION: Final = """\
After this page you know which resources a program can declare, and which outputs they have. Each resource has a page
with an example, its arguments, and what replaces it. `python -m docs.generate` writes these pages from the code."""
_OUTPUT_INTRODUCTION: Final = """\
The arguments of a resource are also its outputs, such as `lake.cluster_id`. Each connection and each dataflow has these
outputs too:"""
SERVICE_OUTPUT_DESCRIPTIONS: Final = {
    "id": "The id, as other resources need it.",
    "etag": "The version at Flow Service, with its quotes. Flow Service refuses an update that names an older one.",
    "state": "The state at Flow Service. `enabled` means that it works.",
    "created_at": "When it was created: ISO 8601, UTC.",
    "created_by": "The account that created it.",
    "sandbox_name": "The sandbox in which it was created.",
    "org_id": "The organization in which it was created.",
}
_MANY_SUBJECTS: Final = "families"
"""The example with a dataflow of each family of sources, which docs/how-to/files-rest-and-streams.md shows in parts."""
_DRAWING: Final = (
    "![Base connection, source connection, dataflow, target connection and dataset: what each updates in place, what "
    "replaces it, and what a replacement replaces in turn](../pictures/dataflow.svg)"
)
"""How the resources of a pipeline belong together."""
_LIFECYCLE_ERRORS: Final = (
    errors.AlreadyExists,
    errors.DuplicateDeclaration,
    errors.CannotAdopt,
    errors.OwnedByAnotherStack,
    errors.ConflictingChange,
    errors.WrongPlace,
    errors.FailedState,
    errors.NotReadyInTime,
    errors.ConnectionTestFailed,
    errors.StillInUse,
    errors.NotDeleted,
)


@dataclass(frozen=True)
class Page:
    """The page of one resource.

    Attributes:
        resource: The resource's class.
        example: The folder of the example that uses it.
        auth_classes: The union of the resource's auth classes; None if it has only one way to authenticate.
    """

    resource: type[Any]
    example: str
    auth_classes: Any = None

    @property
    def name(self) -> str:
        """The name that programs import."""
        return self.resource.__name__

    @property
    def resource_schema(self) -> ResourceSchema | None:
        """The resource schema; components have none."""
        if not issubclass(self.resource, AdobeResource):
            return None
        return get_resource_type(self.resource.provider_class.resource_type).schema


def _list_pages() -> Iterator[Page]:
    """Return a page for each resource that programs can import, with the longest example that is about few subjects."""
    programs = sorted(EXAMPLES.glob("*/__main__.py"), key=lambda file: -file.stat().st_size)
    programs = [program for program in programs if program.parent.name != _MANY_SUBJECTS]
    for name in pulumi_adobe.__all__:
        resource = getattr(pulumi_adobe, name)
        if isinstance(resource, type) and issubclass(resource, AdobeResource | pulumi.ComponentResource):
            example = next(program.parent.name for program in programs if f"{name}(" in program.read_text("utf-8"))
            auth_name = name.replace("SourceConnection", "Auth")
            auth_classes = getattr(sys.modules[resource.__module__], auth_name, None)
            yield Page(resource, example, auth_classes if name.endswith("SourceConnection") else None)


PAGES: Final = tuple(_list_pages())


def build_pages() -> dict[Path, str]:
    """Return the text of every page, by its file; README.md is the index."""
    pages = {FOLDER / f"{page.name}.md": _build_page(page) for page in PAGES}
    return {**pages, FOLDER / "README.md": _build_index()}


def _build_index() -> str:
    rows = [[f"[`{page.name}`]({page.name}.md)", _get_summary(page.resource)] for page in PAGES]
    outputs = [[f"`{name}`", text] for name, text in SERVICE_OUTPUT_DESCRIPTIONS.items()]
    sections = [
        "# Resources",
        _INDEX_INTRODUCTION,
        _build_table(("resource", "description"), rows),
        _DRAWING,
        "## Outputs",
        _OUTPUT_INTRODUCTION,
        _build_table(("output", "description"), outputs),
    ]
    return "\n\n".join(sections) + "\n"


def _build_page(page: Page) -> str:
    sections = [
        f"# `{page.name}`",
        "<!-- Generated from the code by `python -m docs.generate`. -->",
        _INTRODUCTION if page.resource_schema else _COMPONENT_INTRODUCTION,
        _escape(inspect.getdoc(page.resource) or ""),
        "## Example",
        f"This program is `examples/{page.example}/__main__.py`. A test runs it.",
        f"```python\n{(EXAMPLES / page.example / '__main__.py').read_text('utf-8').strip()}\n```",
        "## Arguments",
        _build_argument_table(list_arguments(page.resource)),
        *_build_auth_sections(page),
        *(_build_lifecycle_sections(page, page.resource_schema) if page.resource_schema else ()),
    ]
    return "\n\n".join(sections) + "\n"


@dataclass(frozen=True)
class Argument:
    """An argument of a resource, or of an auth class."""

    name: str
    required: bool
    description: str


def list_arguments(resource: type[Any]) -> Iterator[Argument]:
    """Return the arguments of a resource: the fields of its arguments class, or the parameters of its constructor."""
    arguments_class = getattr(pulumi_adobe, f"{resource.__name__}Args", None)
    if arguments_class is not None:
        yield from _list_fields(arguments_class)
        return
    constructor = resource.__init__
    descriptions = _parse_args_section(inspect.getdoc(constructor) or "")
    for name, parameter in inspect.signature(constructor).parameters.items():
        if name not in {"self", "resource_name", "opts"}:
            yield Argument(name, parameter.default is inspect.Parameter.empty, descriptions[name])


def _list_fields(dataclass_: type[Any]) -> Iterator[Argument]:
    """Return the fields of a dataclass, each with the docstring below it."""
    (definition,) = (node for node in ast.parse(inspect.getsource(dataclass_)).body if isinstance(node, ast.ClassDef))
    for field, text in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            has_default = field.value is not None and "default" in ast.unparse(field.value)
            is_optional = has_default or (isinstance(field.value, ast.Constant) and field.value.value is None)
            yield Argument(ast.unparse(field.target), not is_optional, str(text.value.value))


def list_output_texts(resource: type[Any]) -> dict[str, str]:
    """Return the docstrings below the outputs that a resource's class declares, by the names of the state."""
    names = {snake_case(name): name for name in get_resource_type(resource.__name__).schema.outputs}
    return {names[field.name]: field.description for field in _list_fields(resource) if field.name in names}


def _parse_args_section(docstring: str) -> dict[str, str]:
    """Return the descriptions of a docstring's `Args:` section, by name."""
    section = docstring.partition("Args:\n")[2]
    entries = re.findall(r"^ {4}(\w+): (.*(?:\n {8,}.*)*)", section, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in entries}


def _build_auth_sections(page: Page) -> Iterator[str]:
    if page.auth_classes is None:
        return
    yield "## Authentication"
    yield "Give `auth` one of these:"
    for auth_class in get_args(page.auth_classes):
        table = _build_argument_table(_list_fields(auth_class))
        yield f"### `{auth_class.__name__}`\n\n{_get_summary(auth_class)}\n\n{table}"


def _build_lifecycle_sections(page: Page, resource_schema: ResourceSchema) -> Iterator[str]:
    fields = [
        field
        for field in resource_schema.fields
        if field.name not in resource_schema.fixed_inputs and not field.ignore_changes
    ]
    replacing_arguments = sorted(field.argument for field in fields if field.replace_on_changes)
    yield "## Updates and replacements"
    if replacing_arguments:
        yield (
            f"A change of {_join_names(replacing_arguments)} replaces the resource. Other changes update it in place."
        )
    else:
        yield "Every change updates the resource in place."
    if resource_schema.collection == DATAFLOWS:
        yield _DRAWING
    yield "## Outputs"
    outputs = ["id", *map(snake_case, resource_schema.outputs), *(field.argument for field in fields if field.computed)]
    yield f"The arguments, and {_join_names(outputs)}."
    if issubclass(page.resource, FlowServiceResource):
        yield from _build_entity_sections(resource_schema)


def _build_entity_sections(resource_schema: ResourceSchema) -> Iterator[str]:
    yield "## Adopting an existing entity"
    yield (
        "If Flow Service has an entity with this name, `pulumi up` does not create a second one. It prints the command "
        "that adopts the existing one: `ADOBE_ADOPT=<id> pulumi up`. The argument `adopt_id` does the same."
    )
    yield "## Errors"
    rows = [
        [f"`{error.__name__}`", _get_summary(error)]
        for error in _LIFECYCLE_ERRORS
        if error is not errors.ConnectionTestFailed or resource_schema.has_connection_test
    ]
    yield _build_table(("error", "cause"), rows)
    yield "The errors of the HTTP client, and how the provider handles each fault: [Faults](../reference/faults.md)."


def _build_argument_table(arguments: Iterator[Argument]) -> str:
    rows = [
        [f"`{argument.name}`", "yes" if argument.required else "", _escape(argument.description)]
        for argument in arguments
    ]
    return _build_table(("argument", "required", "description"), rows)


def _build_table(headings: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in (list(headings), *rows)]
    return "\n".join([lines[0], "|---" * len(headings) + "|", *lines[1:]])


def _join_names(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _get_summary(documented_class: type[Any]) -> str:
    """Return the first paragraph of the docstring."""
    return _escape(" ".join((inspect.getdoc(documented_class) or "").partition("\n\n")[0].split()))


def _escape(text: str) -> str:
    """Return a docstring's text as Markdown that may stand in a table."""
    return text.replace("``", "`").replace("|", "\\|")
