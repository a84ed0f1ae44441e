"""Draws: what might as well have been stated."""
