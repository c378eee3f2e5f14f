"""The pages of docs/resources: one per resource, from signatures, docstrings and declarations."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

import pulumi

import pulumi_adobe
from pulumi_adobe.lifecycle import errors
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.schema.naming import snake_case
from pulumi_adobe.schema.resource_schema import SERVICE_OUTPUTS, ResourceSchema

FOLDER: Final = Path(__file__).with_name("resources")
EXAMPLES: Final = Path(__file__).parents[1] / "examples"
_LIFE: Final = (
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
    """A resource, the example that uses it, and, where it has several, the ways to authenticate."""

    kind: type[Any]
    example: str
    auth: Any = None

    @property
    def name(self) -> str:
        """What programs import."""
        return self.kind.__name__

    @property
    def declaration(self) -> ResourceSchema | None:
        """None of components."""
        if not issubclass(self.kind, FlowServiceResource):
            return None
        return get_resource_type(self.kind.provider_class.resource_type).schema


def _pages() -> Iterator[Page]:
    """Every resource that programs import; the example is the longest that uses it."""
    for name in pulumi_adobe.__all__:
        kind = getattr(pulumi_adobe, name)
        if isinstance(kind, type) and issubclass(kind, FlowServiceResource | pulumi.ComponentResource):
            programs = sorted(EXAMPLES.glob("*/__main__.py"), key=lambda file: -file.stat().st_size)
            example = next(each.parent.name for each in programs if f"{name}(" in each.read_text("utf-8"))
            ways = getattr(sys.modules[kind.__module__], name.replace("SourceConnection", "Auth"), None)
            yield Page(kind, example, ways if name.endswith("SourceConnection") else None)


PAGES: Final = tuple(_pages())


def files() -> dict[Path, str]:
    """Every page, by its file; the index is README.md."""
    pages = {FOLDER / f"{page.name}.md": _text(page) for page in PAGES}
    return {**pages, FOLDER / "README.md": _index(pages)}


def _index(pages: Mapping[Path, str]) -> str:
    lines = ["# Resources", "", "Made by `python -m docs.generate` from the code.", "", "| resource | |", "|---|---|"]
    for (file, _), page in zip(pages.items(), PAGES, strict=True):
        lines.append(f"| [`{page.name}`]({file.name}) | {_paragraph(page.kind)} |")
    return "\n".join([*lines, ""])


def _text(page: Page) -> str:
    parts = [
        f"# `{page.name}`",
        "<!-- Made by `python -m docs.generate` from the code. -->",
        _markdown(inspect.getdoc(page.kind) or ""),
        "## Example",
        f"`examples/{page.example}/__main__.py`, which a test runs:",
        f"```python\n{(EXAMPLES / page.example / '__main__.py').read_text('utf-8').strip()}\n```",
        "## Arguments",
        _arguments(page),
        *_ways(page),
        *(_life(page, page.declaration) if page.declaration else ()),
    ]
    return "\n\n".join(parts) + "\n"


def _arguments(page: Page) -> str:
    lines = ["| argument | | what it is |", "|---|---|---|"]
    for name, required, about in _parameters(page.kind):
        lines.append(f"| `{name}` | {'required' if required else ''} | {_markdown(about)} |")
    return "\n".join(lines)


def _parameters(kind: type[Any]) -> Iterator[tuple[str, bool, str]]:
    """Name, whether it must be given, and its meaning; of a class of arguments where the resource has one."""
    args = getattr(pulumi_adobe, f"{kind.__name__}Args", None)
    if args is not None:
        yield from _fields(args)
        return
    init = kind.__init__
    meanings = _meanings(inspect.getdoc(init) or "")
    for name, parameter in inspect.signature(init).parameters.items():
        if name not in {"self", "resource_name", "opts"}:
            yield name, parameter.default is inspect.Parameter.empty, meanings[name]


def _fields(kind: type[Any]) -> Iterator[tuple[str, bool, str]]:
    """The fields of a dataclass, each with the text below it."""
    (body,) = (each for each in ast.parse(inspect.getsource(kind)).body if isinstance(each, ast.ClassDef))
    for field, text in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            default = field.value is not None and "default" in ast.unparse(field.value)
            optional = default or (isinstance(field.value, ast.Constant) and field.value.value is None)
            yield ast.unparse(field.target), not optional, str(text.value.value)


def _meanings(doc: str) -> dict[str, str]:
    """The `Args:` of a docstring, by name."""
    section = doc.partition("Args:\n")[2]
    found = re.findall(r"^ {4}(\w+): (.*(?:\n {8,}.*)*)", section, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def _ways(page: Page) -> Iterator[str]:
    if page.auth is None:
        return
    yield "## Ways to authenticate"
    for way in get_args(page.auth):
        lines = [f"### `{way.__name__}`", "", _paragraph(way), "", "| argument | | what it is |", "|---|---|---|"]
        lines += [f"| `{name}` | {'required' if needed else ''} | {about} |" for name, needed, about in _fields(way)]
        yield "\n".join(lines)


def _life(page: Page, declaration: ResourceSchema) -> Iterator[str]:
    fields = [
        each for each in declaration.fields if each.name not in page.kind.fixed_inputs and not each.ignore_changes
    ]
    replacing = sorted(each.argument for each in fields if each.replace_on_changes)
    yield "## What a change does"
    yield f"Replaces it: {_list(replacing)}. Everything else is updated in place."
    yield "## Outputs"
    outputs = ["id", *map(snake_case, SERVICE_OUTPUTS), *(each.argument for each in fields if each.computed)]
    yield f"{_list(outputs)}, and the arguments."
    yield "## Taking over what exists"
    yield (
        "`pulumi up` refuses to make a second one of its name, and prints the command that takes over what is there: "
        "`ADOBE_ADOPT=<id> pulumi up`. In a program, `adopt_id` does the same."
    )
    yield "## Errors"
    known = [each for each in _LIFE if each is not errors.ConnectionTestFailed or declaration.has_connection_test]
    rows = "\n".join(f"| `{each.__name__}` | {_paragraph(each)} |" for each in known)
    yield f"| error | when |\n|---|---|\n{rows}"
    yield "Those of the HTTP client, and what becomes of each fault, are in [faults.md](../faults.md)."


def _list(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nothing"


def _paragraph(kind: type[Any]) -> str:
    return _markdown(" ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split()))


def _markdown(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")
