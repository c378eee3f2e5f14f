"""The command line `adobe-flow`: shows, exports, compares and adopts what exists in Experience Platform."""

from pulumi_adobe.version import VERSION

__version__ = VERSION
