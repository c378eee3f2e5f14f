"""The adapters: each connects the life cycle to one way in which Pulumi calls providers."""
