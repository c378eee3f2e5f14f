"""The data lake: datasets with rows, schemas, mappings, and the landing zones."""
