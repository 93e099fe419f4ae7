"""What taking in record-level files costs: read, checked, set aside with reasons, and stored."""
