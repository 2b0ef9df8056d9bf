"""The formats a report is given out in: for each ending, its media type and the function that writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from eventapp.review.content import Report
from eventapp.review.docx import docx
from eventapp.review.evidence_csv import evidence_csv
from eventapp.review.evidence_json import from_json, to_json
from eventapp.review.markdown import markdown
from eventapp.review.pdf import pdf

KEPT = 24  # files of published reports that stay in memory


@dataclass(frozen=True)
class Format:
    """One ending of a report's address."""

    media_type: str
    write: Callable[[Report], bytes]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx),
        "pdf": Format("application/pdf", pdf),
        "json": Format("application/json", to_json),
        "md": Format("text/markdown; charset=utf-8", lambda report: markdown(report).encode()),
        "csv": Format("text/csv; charset=utf-8", lambda report: evidence_csv(report).encode()),
    }
)


def written(report: Report, ending: str) -> bytes:
    """Return the report in this format; an unchanged report is not written twice."""
    return _written(to_json(report), ending)


@lru_cache(maxsize=KEPT)
def _written(content: bytes, ending: str) -> bytes:
    return FORMATS[ending].write(from_json(content))
