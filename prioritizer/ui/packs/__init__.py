"""A meeting pack opened: verified, shown without a way to edit it, and turned back into a scenario."""
