"""Prioritise public projects and allocate a budget to them, with every answer explained."""
