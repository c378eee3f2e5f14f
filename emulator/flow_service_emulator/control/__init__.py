"""The control paths under `/_emulator`, which are no part of Adobe's service."""
