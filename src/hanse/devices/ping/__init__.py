"""A device that is only watched: does it answer? For antennas and whatever else Hanse does not configure."""
