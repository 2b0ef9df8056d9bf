"""What compiling changed, in sentences for whoever asked for it."""

from eventapp.ground.text.i18n import _, ngettext
from eventapp.review.compiling.actions import Compilation


def outcome_of(compilation: Compilation) -> list[tuple[str, str]]:
    """Return the sentences, each with its tone."""
    counts = compilation.counts
    changed = any(counts[name] for name in ("added", "rewritten", "gone"))
    words = _(
        "Paragraphs compiled: %(added)s new, %(rewritten)s written anew, %(gone)s gone.",
        added=counts["added"],
        rewritten=counts["rewritten"],
        gone=counts["gone"],
    )
    outcome = [(words, "ok listed") if changed else (_("Compiled: nothing has changed."), "ok")]
    if counts["kept"]:
        left = ngettext(
            "%(num)s paragraph was left as its editor had it.",
            "%(num)s paragraphs were left as their editors had them.",
            counts["kept"],
        )
        outcome.append((left, "ok"))
    return outcome
