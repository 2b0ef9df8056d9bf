"""One search across a meeting: its sessions, people, documents and record, as far as whoever asks may read them."""
