"""The language host for Python beside the CLI that is built here: Pulumi's own one cannot be had as a Go module."""
