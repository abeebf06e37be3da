"""The vocabulary of a network in three moods: wanted, known, seen. Frozen values; no I/O, no clock."""
