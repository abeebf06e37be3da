"""Settings, and `Outside`: the one place that picks real drivers and the real clock. It decides nothing else."""
