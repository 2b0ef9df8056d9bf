"""The words of the cells of a file of people, as codes."""
