"""Kinds of quotation marks, apostrophes and dashes that mean the same."""

STRAIGHT = str.maketrans("“”„«»‘’‚′−–—‐‑", '"""""\'\'\'\'-----')
"""For `str.translate`, one character for one: each to the kind that a typewriter has."""
