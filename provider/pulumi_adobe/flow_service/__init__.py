"""A client of Adobe's Flow Service API that knows nothing of Pulumi."""
