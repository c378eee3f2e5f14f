"""The adoption of existing entities by a stack, with Pulumi's own import: nothing is changed in Flow Service."""
