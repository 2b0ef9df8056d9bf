"""A report as a file: values in, bytes out."""
