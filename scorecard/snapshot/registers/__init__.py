"""Questions about registers, put to a snapshot."""
