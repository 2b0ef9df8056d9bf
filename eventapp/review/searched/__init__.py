"""Finding paragraphs of reports: those of drafts for their editors, those that are published for everybody."""
