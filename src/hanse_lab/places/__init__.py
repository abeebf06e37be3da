"""Where the routers of a lab stand: on this machine, or in a guest whose kernel has what this machine's lacks."""
