"""Pages and the REST API, strangers to each other and both thin: a room kept for them."""
