"""Facts: a command, and a pure reader of what it says."""
