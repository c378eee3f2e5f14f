"""The runs of dataflows: list them, wait for their end, start and retry them, and export them as metrics."""
