"""Question sets and made documents: written by script, with a seed."""
