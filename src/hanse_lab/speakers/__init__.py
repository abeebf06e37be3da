"""The daemons of the outside world: each module turns a Speaker into files and commands of one daemon."""
