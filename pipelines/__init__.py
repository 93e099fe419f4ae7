"""The writers: read, check, build, judge, publish, record. Imports neither streamlit nor pages."""

import os

# Set before NumPy is loaded: the last digit of a sum must not depend on how many cores there are, and threads
# for matrices as small as ours cost more than they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
