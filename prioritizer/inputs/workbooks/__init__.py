"""Workbooks from ministries and assessors: safety, reading, recognition, conversion, merging."""
