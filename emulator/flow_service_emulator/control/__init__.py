"""The control paths under `/_emulator`: no part of Adobe's service."""
