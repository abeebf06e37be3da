"""What devices report about themselves. Nothing here is ever a wish."""
