"""The package: a meeting as one file, to keep, to send on, and to read into another installation."""
