"""The report of a preview: what changes, which dataflows that touches, which gate stops it."""
