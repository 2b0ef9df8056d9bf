"""Sessions in a table (CSV, XLSX, or a list in JSON): what its columns are, and its rows as sessions."""
