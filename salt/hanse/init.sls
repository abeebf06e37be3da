# The router is as Hanse wants it: `salt '*' state.apply hanse`, with `test=True` to see the difference first.
hanse:
  hanse.installed
