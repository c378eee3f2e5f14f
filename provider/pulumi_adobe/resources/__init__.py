"""The kinds of resources, a file each."""
