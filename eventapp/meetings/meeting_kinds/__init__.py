"""Kinds of meeting of the installation, each with how long its meetings keep personal data."""
