"""What organizers write on registrations for themselves: tags with a colour, and notes."""
