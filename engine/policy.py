"""`make policy`: the policy pack judges the dev stack, first as it would be, then as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import dev_stack
from engine.project import STACK
from engine.say import say

if TYPE_CHECKING:
    from engine.project import Project


def judge(project: Project) -> int:
    """Both judgements, by the configuration of the dev stack; the exit code of the first that refuses it."""
    dev_stack.begin(project)
    pack = project.root / "policy"
    flags = ("--policy-pack", str(pack), "--policy-pack-config", str(pack / "dev.json"), "--non-interactive")
    exit_code = dev_stack.pulumi(project, "preview", "--stack", STACK, *flags)
    if exit_code == 0:
        say("What is in the state:")
        exit_code = dev_stack.pulumi(project, "policy", "analyze", "--stack", STACK, *flags)
    return exit_code
