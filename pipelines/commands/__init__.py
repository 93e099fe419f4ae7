"""What each command does, by what it is about; `pipelines/__main__.py` reads the command line and calls them."""
