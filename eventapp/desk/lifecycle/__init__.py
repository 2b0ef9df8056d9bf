"""From draft to archive: where a meeting is shown, whether it may be changed, and the end of an empty one."""
