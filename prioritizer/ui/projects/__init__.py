"""The parts of the page Register that are about single projects and their dossiers."""
