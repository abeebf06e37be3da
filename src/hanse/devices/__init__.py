"""Edges to real devices: the Driver protocol in the consumer's words, and its drivers, strangers to each other."""
