"""From notes to paragraphs: grouping, plan, numbers."""
