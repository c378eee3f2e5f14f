"""Runner that updates the stacks of many sandboxes from one machine, a few at once, by Pulumi's Automation API."""
