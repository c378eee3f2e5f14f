"""The set-up: Python's packages, the Pulumi CLI, the emulator, the dev stack, and the commands of the Makefile."""
