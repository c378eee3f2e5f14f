"""The runs of dataflows: listing, waiting, starting, retrying, and metrics."""
