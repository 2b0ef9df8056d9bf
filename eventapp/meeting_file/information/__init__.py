"""Pages of practical information in a meeting file. Pictures stay with their page: no file of text holds them."""
