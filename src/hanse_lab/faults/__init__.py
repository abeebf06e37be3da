"""Faults injected into deployments: each router ends entirely old or entirely new, and the record says which."""
