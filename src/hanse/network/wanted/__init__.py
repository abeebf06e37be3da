"""What the operator wants: small typed intent, read from text and written back without loss."""
