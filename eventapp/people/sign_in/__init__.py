"""Signing in: a mailed link or code, its limits, and the browsers somebody is signed in with."""
