"""The floor of a session: who asked to speak, who speaks, and for how long."""
