"""The Internet Routing Registry, asked through bgpq4: an AS-SET or AS to the prefixes and origins registered for it."""
