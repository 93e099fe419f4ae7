"""How a measure compares with that of councils like this one."""
