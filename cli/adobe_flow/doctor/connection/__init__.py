"""What `adobe-flow doctor --connection` looks at, a check per module: the way of the rows, from source to dataset."""
