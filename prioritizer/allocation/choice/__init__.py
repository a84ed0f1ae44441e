"""One answer among equals, and the whole-million plan that goes with it."""
