"""OpenTofu and the generic REST provider, with which `make bench` compares, built from their Go modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.go_modules import GoModule, build_programs
from engine.messages import Problem, print_message

if TYPE_CHECKING:
    from engine.project import Project

MODULES = (
    GoModule(
        "tofu",
        "github.com/opentofu/opentofu",
        "1.10.7",
        "h1:8alUSELAsxZ4X5NdYCKN8lclBAzV1KwaZnuuM88yt1Y=",
        "./cmd/tofu",
        "-s -w -X github.com/opentofu/opentofu/version.dev=no",
    ),
    GoModule(
        "terraform-provider-restapi",
        "github.com/Mastercard/terraform-provider-restapi",
        "1.20.0",
        "h1:z4kPtDZgG1HmLsawE4SzP1PxPyz2hAHxwkrHMuRvFrA=",
        ".",
    ),
)
_ANNOUNCEMENT = "Building OpenTofu and its REST provider, with which the benchmarks compare: 3 minutes, once."


def provide_opentofu(project: Project) -> dict[str, str]:
    """Return the variables that tell the benchmarks where OpenTofu is, or why it could not be built."""
    try:
        return {"BENCH_OPENTOFU": str(build_programs(project, "opentofu", MODULES, _ANNOUNCEMENT))}
    except Problem as problem:
        print_message(f"{problem}\nThe benchmarks run without OpenTofu.")
        return {"BENCH_NO_OPENTOFU": str(problem).splitlines()[0]}
