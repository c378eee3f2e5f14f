"""The console: the emulator's page for a person at this machine."""
