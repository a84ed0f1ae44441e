"""What the secretary and the chair need in a meeting: decisions, versions, papers to take away."""
