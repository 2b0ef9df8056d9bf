"""Tables that people keep in a spreadsheet: read however they were saved, and written."""
