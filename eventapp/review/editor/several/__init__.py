"""What an editor does to several paragraphs at once, and to the headings above them."""
