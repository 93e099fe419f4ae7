"""Reading files as they are: cells first, then headings, then values, each by the source's contract."""
