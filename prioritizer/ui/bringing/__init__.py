"""Bringing ministries' and assessors' files in: the part Import of the page Register."""
