"""The program that Hanse carries to a Linux router: one transaction over all of its configuration files.

It runs there, under the router's own Python (3.9 or newer), with nothing but the standard library: so no module here
imports hanse, and none uses what a later Python brought. It reads JSON on standard input, answers with JSON, and keeps
all it knows under /var/lib/hanse.
"""
