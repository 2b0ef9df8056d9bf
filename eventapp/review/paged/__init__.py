"""A published report as it is read on pages: one page where it is short, else a front, and pages for its parts."""
