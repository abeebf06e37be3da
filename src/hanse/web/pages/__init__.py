"""Pages for people: read input, one action or query, render."""
