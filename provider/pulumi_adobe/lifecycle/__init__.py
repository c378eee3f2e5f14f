"""The life cycle of every resource type, written once: check, diff, create, read, update and delete on Flow Service."""
