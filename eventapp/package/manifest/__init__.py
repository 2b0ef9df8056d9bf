"""The format of a package: content, schema, validation."""
