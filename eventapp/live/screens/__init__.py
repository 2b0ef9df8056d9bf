"""The screens in the building: one for the door of each room, one for the hall, and a sign to print."""
