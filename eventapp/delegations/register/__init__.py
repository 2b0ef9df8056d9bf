"""The register of organizations with what comes from meetings: names that nobody has put in order, and who came."""
