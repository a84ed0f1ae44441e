"""What is exact about all allowed weights and scores."""
