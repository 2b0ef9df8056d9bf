"""The capture screen: where a rapporteur types notes."""
