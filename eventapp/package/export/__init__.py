"""What leaves with a package."""
