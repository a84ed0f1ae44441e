"""Long work in processes of its own, told and stopped on a page."""
