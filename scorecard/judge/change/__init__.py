"""Has a series changed beyond chance: suddenly, or for good?"""
