"""Linear programs in exact arithmetic: vertices, duals, prices and how they change with a bound."""
