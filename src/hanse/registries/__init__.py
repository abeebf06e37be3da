"""Clients that fetch what registries know (PeeringDB, IRR, RPKI): a room kept for them."""
