"""The API for programs, in the shape that NetBox clients know."""
