"""Sessions in a table (CSV, XLSX, or a list in JSON): its columns, its rows as sessions, and sessions as its rows."""
