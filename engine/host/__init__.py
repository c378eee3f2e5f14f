"""The language host for Python beside a built CLI, because Pulumi's own host is not a Go module."""
