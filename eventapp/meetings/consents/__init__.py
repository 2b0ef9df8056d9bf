"""What people agree to when they register: the shipped words, and a meeting's own with every version of them."""
