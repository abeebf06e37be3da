"""Rows: what is wanted, what was installed, what was seen, who did what. Only the storing: no device is touched."""
