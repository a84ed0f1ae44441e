"""Scenarios side by side: which ones, their tables, their charts, what a plan is worth elsewhere."""
