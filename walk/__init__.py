"""docs/operate.md followed word by word in a fresh Debian: `./run walk`. Python's own library alone, for it runs in there."""
