"""The command line of Pulumi and its files: a stack's config and state, plans, projects and errors."""
