"""The version of all our distributions: the `pyproject.toml` of each reads it from here."""

VERSION = "0.1.0"

PRODUCT = f"pulumi-adobe/{VERSION}"
"""Name and version, as the User-Agent header of every request has them."""

PLUGIN_DOWNLOAD_URL = ""
"""Where Pulumi finds the native provider's plugin. Whoever publishes it sets this, before `make sdk` (the how-to page
native-provider)."""
