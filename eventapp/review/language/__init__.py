"""The words of a report: wording, names, capitals, sentences."""
