"""The rotation of a Databricks token on a stack: its steps, and how to go on or back."""
