"""Reports: their tables, content, rules and queries."""
