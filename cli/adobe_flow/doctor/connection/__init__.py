"""The checks of `adobe-flow doctor --connection`: everything that the rows pass from the source to the dataset."""
