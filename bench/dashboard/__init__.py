"""The dashboard under a crowd: what reruns cost, how many are served, how soon a chart is painted, for how long."""
