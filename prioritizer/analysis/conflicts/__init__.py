"""Rules that cannot all hold: which clash, and what would have to move."""
