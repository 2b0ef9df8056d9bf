"""The rapporteur's record of sessions: one idea a note, every change a revision."""
