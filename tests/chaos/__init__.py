"""What remains after crashes and faults at random moments: `python -m tests.chaos`."""
