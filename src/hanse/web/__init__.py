"""Interfaces by HTTP, both thin: `pages` for people, `api` for programs. Each is a stranger to the other."""
