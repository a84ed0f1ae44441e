"""Workbooks for those outside: what ministries and assessors fill in, and what they are asked to mend."""
