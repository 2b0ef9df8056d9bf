"""The web as every feature uses it: access, forms, pages, headers, errors."""
