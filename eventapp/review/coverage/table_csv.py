"""Coverage as CSV: one row for each pair of action line and goal that is expected or was recorded."""

import csv
from io import StringIO

from eventapp.review.coverage.figures import Coverage

COLUMNS = ("action_line", "goal", "expected", "notes")


def coverage_csv(table: Coverage) -> str:
    """Return the pairs in the order of the table, with their column heads."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for row in table.rows:
        for cell in row.cells:
            if cell.expected or cell.notes:
                rows.writerow([cell.line, cell.goal, "yes" if cell.expected else "no", cell.notes])
    return out.getvalue()
