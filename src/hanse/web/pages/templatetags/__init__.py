"""The few words that our templates have beyond Django's."""
