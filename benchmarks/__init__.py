"""The benchmarks: time, memory and requests of this project's provider beside others, by `make bench`."""
