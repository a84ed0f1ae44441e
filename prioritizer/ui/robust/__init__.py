"""Robustness: what is drawn, what was tried, and its answers part by part."""
