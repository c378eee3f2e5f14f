"""The checks of `adobe-flow doctor`: each returns what is in order, or raises what is wrong."""
