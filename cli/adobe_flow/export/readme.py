"""The README of an export: the commands in order, and what the program does not have, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adobe_flow.export.declaration import KINDS
from adobe_flow.export.program import MODULE_KEY
from adobe_flow.export.target import StackTarget
from adobe_flow.markdown_text import format_table

_INTRODUCTION: Final = """\
# Connections and dataflows as code

`adobe-flow export` wrote this folder. At the end of this page Pulumi manages what it found in Experience Platform, and
nothing of it has changed. The commands need Pulumi 3.254 or newer.
"""
_SETUP: Final = """\
## Set up

```console
$ python3 -m venv .venv
$ .venv/bin/pip install -r requirements.txt
```

`pulumi-adobe` is the folder `provider` of the project flow-connections: name its path in `requirements.txt`, or an
index of yours that has it. Log in to the backend in which the states are to be: `pulumi login`.
"""
_STEPS: Final = """\
1. `stack init` creates a stack that does not exist yet. Its config is in this folder already.
2. The script asks for each secret: Flow Service masks them, so they come from where you keep them. They are encrypted
   in the stack's file.
3. `pulumi import` writes into the state what the import file says, and asks Flow Service for nothing.
4. `pulumi refresh` reads everything from Flow Service: what was changed or deleted since the export is shown here.
5. `pulumi preview` shows no change, and a note for each secret that this stack has never sent. If it shows one, the
   program and Experience Platform differ since the export.
6. `pulumi up` is a part of the procedure: only then the state knows what depends on what. Without it, a `destroy`
   would delete in any order.
"""


def build_readme(targets: Sequence[StackTarget], *, is_single: bool) -> str:
    """Return the text of the README.md that explains the exported files."""
    parts = [_INTRODUCTION, _SETUP, *(_describe_stack(target) for target in targets), _STEPS]
    if not is_single:
        parts.append(_describe_modules(targets))
    parts += ["\n".join([*section, ""]) for section in (_list_skipped(targets), _list_notes(targets)) if section]
    return "\n".join(parts)


def _describe_stack(target: StackTarget) -> str:
    counts = [(len(target.export.list_of(kind)), kind.label) for kind in KINDS]
    listed = ", ".join(f"{number} {label}{'' if number == 1 else 's'}" for number, label in counts)
    stack = f"--stack {target.stack}"
    commands = [
        *([] if target.exists else [f"pulumi stack init {target.stack}"]),
        f"sh {target.secrets_script}",
        f"pulumi import {stack} --file {target.import_file} --generate-code=false --protect=false",
        f"pulumi refresh {stack}",
        f"pulumi preview {stack}",
        f"pulumi up {stack}",
    ]
    console = "".join(f"$ {command}\n" for command in commands)
    return f"## The sandbox {target.export.sandbox}\n\n{listed}.\n\n```console\n{console}```\n"


def _describe_modules(targets: Sequence[StackTarget]) -> str:
    names = ", ".join(f"`{target.export.sandbox}`" for target in targets)
    return (
        "## One program, several sandboxes\n\n"
        f"`{MODULE_KEY}` in a stack's config says whose resources the stack declares ({names}), `adobe:sandbox` where "
        "they are.\nA new stack with another `adobe:sandbox` creates the same there.\n"
    )


def _list_skipped(targets: Sequence[StackTarget]) -> list[str]:
    rows = [
        (
            skipped.sandbox,
            skipped.kind.label,
            str(skipped.entity.get("name") or ""),
            str(skipped.entity.get("id")),
            skipped.reason,
        )
        for target in targets
        for skipped in target.export.skipped
    ]
    if not rows:
        return []
    introduction = "These exist in Experience Platform, and the program does not declare them."
    return [
        "## Not in the program",
        "",
        introduction,
        "",
        *format_table(("sandbox", "kind", "name", "id", "reason"), rows),
    ]


def _list_notes(targets: Sequence[StackTarget]) -> list[str]:
    resources: dict[tuple[str, str], list[str]] = {}
    for target in targets:
        for kind in KINDS:
            for declaration in target.export.list_of(kind):
                for note in declaration.notes:
                    resources.setdefault((target.export.sandbox, note), []).append(declaration.resource)
    if not resources:
        return []
    rows = [(sandbox, note, ", ".join(names)) for (sandbox, note), names in resources.items()]
    introduction = "Pulumi leaves these as they are. In another sandbox the program would create them without."
    return [
        "## In the program, but incomplete",
        "",
        introduction,
        "",
        *format_table(("sandbox", "note", "resources"), rows),
    ]
