"""What participants chose of the agenda: sessions with a star, and sign-ups where a session has so many places."""
