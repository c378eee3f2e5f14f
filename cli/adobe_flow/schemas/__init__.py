"""The JSON schema of what each command prints with --json."""
