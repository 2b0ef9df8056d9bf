"""Mail: an outbox. A letter is a row in the transaction that caused it, and is sent later, at least once."""
