"""Takes entities that exist under a stack's management, by Pulumi's own import: the service does not notice."""
