"""Does the council's total hide a ward or another part that does badly?"""
