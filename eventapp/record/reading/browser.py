"""What the page reads with while somebody types (static/record/reading.js): the same patterns and words."""

from eventapp.ground.db.types import Record
from eventapp.record.reading import dates, figures, tongue
from eventapp.record.reading.data import by_language, table, words_by_language


def for_browsers() -> Record:
    """Return the patterns, as a browser has them, and the words behind them."""
    return {
        "dates": dates.source(),
        "figures": figures.source(),
        "months": dict(dates.months_by_name()),
        "numbers": dict(dates.numbers()),
        "units": dict(dates.units()),
        "parts": dict(dates.parts()),
        "years": dict(dates.years()),
        "before": listed("before"),
        "deadline": listed("deadline"),
        "named": [word for words in by_language("named").values() for word in words.split()],
        "name": tongue.NAME_IN_BROWSERS,
        "tongues": dict(words_by_language()),
        "letters": dict(table("letters")),
        "needs": {
            "enough": tongue.ENOUGH,
            "ahead": tongue.AHEAD,
            "english": tongue.ENGLISH,
            "share": tongue.SHARE,
        },
    }


def listed(name: str) -> list[str]:
    """Return the words of this entry in all languages."""
    return [word for words in by_language(name).values() for word in words]
