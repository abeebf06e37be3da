"""PeeringDB's API: asked politely, read strictly where it matters and loosely where it does not. It keeps nothing."""
