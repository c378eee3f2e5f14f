"""How long, how much and how many requests: this project's provider beside others, by one command: `make bench`."""
