"""Sandboxes of an emulator, filled by plain HTTP as people and scripts fill them."""
