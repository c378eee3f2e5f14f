"""The dynamic adapter: Pulumi's dynamic providers in Python, which a program brings along."""
