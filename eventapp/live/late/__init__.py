"""A session that runs late: the rule, the preview, the press, the way back."""
