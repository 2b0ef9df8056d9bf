"""Material of a session: documents that belong to it or to an item of its running order, many handed in by a link."""
