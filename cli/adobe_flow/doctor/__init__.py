"""What `adobe-flow doctor` looks at, a check per module: each gives what is in order, or raises what is not."""
