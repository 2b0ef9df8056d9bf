"""From a package back to a meeting."""
