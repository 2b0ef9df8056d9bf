"""The preview of a report, as it would be published now: a large one is drawn by the worker and read page by page."""
