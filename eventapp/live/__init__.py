"""The day as it happens: sessions that run late, who is told, and the screens in the building."""
