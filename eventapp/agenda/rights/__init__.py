"""What people with a part in a session may edit of it, as far as the meeting lets them."""
