"""My registration on one page, and all that is kept about me."""
