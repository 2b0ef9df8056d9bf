"""Outlets: the cleared notes of a meeting in the forms that others ask for."""
