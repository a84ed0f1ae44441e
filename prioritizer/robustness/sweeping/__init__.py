"""Plans for every draw: in one process, in several, on several machines."""
