"""Messages: one letter a person to many people of a meeting, written once, previewed, sent by the worker."""
