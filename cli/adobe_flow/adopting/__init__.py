"""Takes connections that exist under a stack's management: by its state alone, and without a change in the service."""
