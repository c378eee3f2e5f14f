"""How the project is set up and run: Python's packages, the Pulumi CLI, the emulator, the dev stack."""
