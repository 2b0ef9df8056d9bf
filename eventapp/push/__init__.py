"""Notices in a browser (Web Push): who asked for them, and how they leave. Nothing needs them."""
