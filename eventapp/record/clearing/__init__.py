"""From notes to cleared notes: the checklist, handing in, approval."""
