"""The rules of an allocation, edited in place: every accepted change is one step of the draft."""
