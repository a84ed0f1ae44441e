"""The places that speak to solvers: a program goes in, a basis or values come out."""
