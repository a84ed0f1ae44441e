"""What stays true whatever reasonable weights and scores one takes."""
