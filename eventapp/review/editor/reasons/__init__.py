"""Why words stay that a finding doubts."""
