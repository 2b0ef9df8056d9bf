"""Corrigenda: documents of their own that put right what a meeting adopted."""
