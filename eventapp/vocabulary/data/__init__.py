"""The facts that ship with the application, and what reads them."""
