"""The organizations that ship; the file says in `about` where they come from."""
