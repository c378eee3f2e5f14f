"""The export of what exists in Flow Service as a Pulumi program, or as the stack config of this project."""
