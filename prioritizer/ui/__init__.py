"""The app: pages over the same few functions of ``pipeline`` that the command line calls."""
