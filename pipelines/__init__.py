"""The writers: read, check, build, judge, publish, record. Imports neither streamlit nor pages."""
