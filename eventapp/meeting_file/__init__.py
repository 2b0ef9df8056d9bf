"""The meeting file: one YAML text that makes a meeting, changes it, and is written back from it."""
