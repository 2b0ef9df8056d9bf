"""What the page of a report needs besides the report: words for its codes, and days in the report's own language."""

from eventapp.review.language.wording import LABELS, correction_line, day_of, days_of, facts_of, matter_line
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import NOTE_KINDS

WORDS: dict[str, object] = {
    "kinds": NOTE_KINDS,
    "lines": ACTION_LINES,
    "goals": GOALS,
    "day_of": day_of,
    "days_of": days_of,
    "facts_of": facts_of,
    "matter_line": matter_line,
    "correction_line": correction_line,
    "labels": LABELS,
}
