"""A device that lives in memory: for tests, benchmarks and trying things out."""
