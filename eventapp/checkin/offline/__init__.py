"""The list by which a phone decides where it has no connection: sealed, each line for the badge it is about."""
