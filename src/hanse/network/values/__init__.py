"""Values that wanted, known and seen share: parsed once at the edge, never checked again."""
