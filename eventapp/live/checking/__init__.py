"""Letters about live changes that wait until an organizer has looked at them, where the meeting wants that."""
