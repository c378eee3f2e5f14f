"""Files for `pulumi import --file`: the entries, and the run of the import."""
