"""The page of the editor, as it is drawn."""
