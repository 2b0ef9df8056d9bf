"""The summary of the first page, as an editor writes it by hand."""
