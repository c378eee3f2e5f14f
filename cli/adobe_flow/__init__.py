"""The command line `adobe-flow`: what exists in Experience Platform, and how it gets under a stack's management."""
