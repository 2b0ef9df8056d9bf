"""Changes of time, room and state that planners made, public at once: without the rest of the draft."""
