"""Real routers on this machine: a city of network namespaces, its cables, and the world around it.

The lab uses the product from outside, by its command `hanse`; the product does not know the lab.
"""
