"""The desk of a peering engineer: finding peers, adding sessions, writing to other networks, keeping up with them."""
