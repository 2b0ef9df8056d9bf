"""Clearance: people outside read a draft report by link and answer; the room adopts it paragraph by paragraph."""
