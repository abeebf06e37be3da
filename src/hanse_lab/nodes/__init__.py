"""One node: namespaces, a disk of its own, a first process."""
