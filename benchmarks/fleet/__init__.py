"""Measurements of stacks and fleets of stacks, and their table in docs/how-to/scale.md."""
