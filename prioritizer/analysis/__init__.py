"""Questions about a plan, each answered by planning again: prices, what if, conflicts, budgets."""
