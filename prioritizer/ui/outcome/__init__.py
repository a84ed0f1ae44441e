"""The parts of the page Allocation that tell what came out, and what would otherwise."""
