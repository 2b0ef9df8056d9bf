"""Focal points of delegations: invited by a letter, they name its people by their link."""
