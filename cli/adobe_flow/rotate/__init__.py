"""The rotation of a Databricks token on a stack: what stands where, the steps, and how to go on or back."""
