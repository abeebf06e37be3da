"""What devices report against what is wanted and what was seen before. Values in, values out: storing is upstairs."""
