"""The promotion of one sandbox to another: the entries of a stack's config that make both alike."""
