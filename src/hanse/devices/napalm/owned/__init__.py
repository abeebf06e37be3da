"""Which part of a vendor's router is Hanse's, and the lines that make it what is wanted: texts in, texts out."""
