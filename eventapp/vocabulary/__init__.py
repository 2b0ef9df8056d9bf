"""The words meetings of this kind share: action lines, goals, countries, categories and kinds."""
