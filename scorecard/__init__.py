"""The domain: catalogue, periods, judgement, wording and reading a snapshot.

Imports neither streamlit nor great_expectations, so that a page and a pipeline can both stand on it.
"""
