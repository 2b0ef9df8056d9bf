"""The register of organizations."""
