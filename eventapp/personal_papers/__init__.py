"""Papers for one person: letters and certificates that anybody can check, nameplates, tent cards and envelopes."""
