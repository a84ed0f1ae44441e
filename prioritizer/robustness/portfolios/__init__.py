"""Whole projects: the portfolios that no other outdoes."""
