"""Files that people take away: CSV with its metadata, and workbooks."""
