"""People whom the focal point of a delegation names, and who then confirm it themselves."""
