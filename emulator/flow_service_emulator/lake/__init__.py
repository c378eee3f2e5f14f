"""Flow Service's neighbours, as far as dataflows refer to them: Catalog, Schema Registry, Data Prep, landing zone."""
