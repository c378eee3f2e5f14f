"""A Pulumi that keeps a stack's state in state.json of its folder, and fails as the file plan.txt there says.

A preview gives preview.json and notes in asked.json how it was asked for; the plan that it saves is plan.json.

Each line of the plan is for one `stack import`, in order: `ok`; `refuse`, nothing is done; `tear`, a part of the state
is kept; `lose`, all but the last resource is kept and it says that it worked.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

STATE, PLAN = Path("state.json"), Path("plan.txt")


def main() -> int:
    if sys.argv[1] == "preview":
        return saved_plan() if "--save-plan" in sys.argv else previewed()
    if sys.argv[1] == "up":
        sys.stdout.write("Diagnostics:\n  error: FailedTest: the test of the connection failed\n")
        return 255
    if sys.argv[2] == "export":
        sys.stdout.write(STATE.read_text("utf-8"))
        return 0
    return imported()


def saved_plan() -> int:
    fails = Path("preview-fails.txt")
    if fails.exists():
        sys.stdout.write(fails.read_text("utf-8"))
        return 255
    shutil.copy("plan.json", sys.argv[sys.argv.index("--save-plan") + 1])
    return 0


def previewed() -> int:
    asked = {"arguments": sys.argv[1:], "send": os.environ.get("ADOBE_SEND_SECRETS")}
    Path("asked.json").write_text(json.dumps(asked), "utf-8")
    sys.stdout.write(Path("preview.json").read_text("utf-8"))
    return 0


def imported() -> int:
    how, *rest = PLAN.read_text("utf-8").split()
    PLAN.write_text("\n".join(rest), "utf-8")
    state = json.load(sys.stdin)
    resources = state["deployment"]["resources"]
    if how == "refuse":
        sys.stderr.write("error: the stack is currently locked by 1 lock(s)\n")
        return 255
    kept = {"ok": len(resources), "tear": len(resources) // 3, "lose": len(resources) - 1}[how]
    STATE.write_text(json.dumps({**state, "deployment": {"resources": resources[:kept]}}), "utf-8")
    if how == "tear":
        sys.stderr.write("error: the backend went away\n")
        return 1
    return 0


sys.exit(main())
