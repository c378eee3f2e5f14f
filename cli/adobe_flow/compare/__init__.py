"""Parity of two places: what one has and the other lacks, and what differs, as far as it can be seen."""
