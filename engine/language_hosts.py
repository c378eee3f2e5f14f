"""Pulumi's own language hosts for other languages than Python, built from their Go modules for `tests/setup`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.go_modules import GoModule, build_programs

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_SDK = "github.com/pulumi/pulumi/sdk/v3"
MODULES = {
    "yaml": GoModule(
        "pulumi-language-yaml",
        "github.com/pulumi/pulumi-yaml",
        "1.25.0",
        "h1:fy/AKkIafzwtk/6Bj9KFXGj6uqYWGXY31UmLvhrfjqs=",
        "./cmd/pulumi-language-yaml",
    ),
    # Each the newest that can be downloaded: later versions of the SDK's module do not contain these two programs.
    "nodejs": GoModule(
        "pulumi-language-nodejs",
        _SDK,
        "3.68.0",
        "h1:JWn3DGJhzoWL8bNbUdyLSSPeKS2F9mv14/EL9QeVT3w=",
        "./nodejs/cmd/pulumi-language-nodejs",
    ),
    "go": GoModule(
        "pulumi-language-go",
        _SDK,
        "3.62.0",
        "h1:j0n83nwCvnBakw0QHYRTNPnYr0hKs21tJervE+LrjCY=",
        "./go/pulumi-language-go",
    ),
}
"""By the name of Pulumi's runtime. The engine also works with hosts that are older than itself."""


def build_language_host(project: Project, language: str) -> Path:
    """Build the host of a language unless it is there, and return its folder."""
    module = MODULES[language]
    return build_programs(project, module.program, [module], f"Building {module.program}: up to 5 minutes, once.")
