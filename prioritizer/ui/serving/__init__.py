"""The server around the app: headers, language, health, looks, and how its runs take turns."""
