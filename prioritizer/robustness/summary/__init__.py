"""What is read off the plans of many draws."""
