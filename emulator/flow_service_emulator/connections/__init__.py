"""Base connections: Adobe's `/connections`."""
