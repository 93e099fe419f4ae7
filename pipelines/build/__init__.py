"""Building observations from accepted rows."""
