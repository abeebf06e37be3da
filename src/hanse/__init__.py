"""Hanse runs an autonomous network from one source of truth."""
