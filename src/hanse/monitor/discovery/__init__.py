"""What a router has that nobody wrote down, and what it would be if somebody did. Nothing is asked or written."""
