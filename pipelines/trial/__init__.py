"""Files checked without being loaded: what would become of them, and what a file is that no source expects."""
