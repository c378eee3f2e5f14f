"""The version of all our distributions: the `pyproject.toml` of each reads it from here."""

VERSION = "0.1.0"

PRODUCT = f"pulumi-adobe/{VERSION}"
"""Name and version, as the User-Agent header of every request has them."""
