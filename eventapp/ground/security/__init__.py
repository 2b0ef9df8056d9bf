"""Secrets and signatures."""
