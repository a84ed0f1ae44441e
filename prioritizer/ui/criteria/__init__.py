"""The parts of the page Criteria and weights."""
