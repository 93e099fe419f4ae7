"""Figures for other people's programs: what each field means, and the forms in which rows leave."""
