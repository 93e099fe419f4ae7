"""Checking tables against their contracts with Great Expectations; `suite` is the only module that imports it."""
