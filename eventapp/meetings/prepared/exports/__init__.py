"""The pages of tables for a spreadsheet: a short one is answered with, a long one is ordered."""
