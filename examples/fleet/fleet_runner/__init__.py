"""Brings the stacks of many sandboxes up from one machine, a few at once, by Pulumi's Automation API."""
