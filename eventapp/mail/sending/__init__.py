"""How letters leave: who takes one, how the mail server is talked to, and what is kept of its answer."""
