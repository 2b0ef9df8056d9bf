"""No more letters that are not necessary: by one click of a mail program, or by one button."""
