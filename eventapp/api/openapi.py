"""The interface described as OpenAPI 3.1, for programs that write clients. A test holds every answer against it."""

from typing import Any

from eventapp.api.documents import FORMATS
from eventapp.ground.text.languages import LANGUAGES

Schema = dict[str, Any]  # JSON


def text(words: str = "", **more: str) -> Schema:
    return {"type": "string", **more, **({"description": words} if words else {})}


def listed(of: Schema, words: str = "") -> Schema:
    return {"type": "array", "items": of, **({"description": words} if words else {})}


def record(**members: Schema) -> Schema:
    """Members that are always there; what is not known is an empty text or an empty list."""
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def named(schema: str) -> Schema:
    return {"$ref": f"#/components/schemas/{schema}"}


DAY, MOMENT, ADDRESS = text(format="date"), text(format="date-time"), text(format="uri")
WHOLE, YES_OR_NO = {"type": "integer"}, {"type": "boolean"}
TEXTS = listed(text())

LINE = {
    "slug": text("the meeting in every address"),
    "title": text(),
    "short_title": text(),
    "starts_on": DAY,
    "ends_on": DAY,
    "zone": text("IANA time zone of the meeting; its days are days there"),
    "city": text(),
    "country": text("ISO 3166-1 alpha-3"),
    "url": ADDRESS,
    "self": ADDRESS,
}
REPORT_LINE = {
    "name": text(),
    "title": text(),
    "symbol": text(),
    "version": WHOLE,
    "published_at": MOMENT,
    "sha256": text("of the file that ends in .json"),
    "url": ADDRESS,
    "files": record(**dict.fromkeys(FORMATS, ADDRESS)),
}
SCHEMAS = {
    "MeetingLine": record(**LINE),
    "Meeting": record(
        **LINE,
        symbol=text(),
        venue=text(),
        address=text(),
        organization=text("who convenes"),
        languages=listed(text(), "working languages, as codes"),
        illustrative=text("what is made up, in a sentence; empty where nothing is"),
        mandate=TEXTS,
        purpose=TEXTS,
        objectives=TEXTS,
        content_blocks=TEXTS,
        outcomes_go_to=TEXTS,
        bodies=listed(record(code=text(), name=text())),
        documents=listed(named("Document")),
    ),
    "Person": record(
        role=text(),
        name=text(),
        name_own=text("in the person's own script"),
        language=text("of that name"),
        position=text(),
        organization=text(),
        country=text(),
    ),
    "Session": record(
        code=text(),
        title=text(),
        kind=text(),
        kind_name=text(),
        agenda_item=text(),
        summary=text(),
        body=text("which body it reports to"),
        starts_at=MOMENT,
        ends_at=MOMENT,
        room={"anyOf": [record(code=text(), name=text()), {"type": "null"}]},
        rule=text("who may come in: open, registered or closed"),
        interpretation=TEXTS,
        tags=TEXTS,
        cancelled=YES_OR_NO,
        illustrative=YES_OR_NO,
        uid=text("the same in calendars"),
        url=ADDRESS,
        people=listed(named("Person"), "who confirmed their part"),
        sub_items=listed(named("SubItem"), "statements and presentations within it, in order"),
    ),
    "Document": record(
        symbol=text(),
        title=text(),
        address=text("where else it can be read; '' where it is not for everybody"),
        audience=text("who may open it: public or participants"),
        session=text("the code of the session that it is material of; '' for the whole meeting"),
        sub_item=text("the title of the statement or presentation that it is for"),
        files=listed(
            record(language=text(), type=text("media type"), size=WHOLE, url=ADDRESS),
            "the newest in each language, where everybody may open it",
        ),
    ),
    "SubItem": record(
        number=text("its running number, after that of the agenda item"),
        title=text(),
        starts_at={"anyOf": [MOMENT, {"type": "null"}]},
        minutes={"anyOf": [WHOLE, {"type": "null"}]},
        person=text("by the name of a part that was confirmed"),
        link={"anyOf": [record(url=ADDRESS, title=text()), {"type": "null"}]},
    ),
    "Agenda": record(
        meeting=text(),
        title=text(),
        zone=text(),
        place=text(),
        organization=text(),
        illustrative=text(),
        version=WHOLE,
        released_at=MOMENT,
        digest=text("SHA-256 of the release"),
        url=ADDRESS,
        sessions=listed(named("Session"), "by time, cancelled ones included"),
    ),
    "ReportLine": record(**REPORT_LINE),
    "Report": record(**REPORT_LINE, content={"type": "object", "description": "see docs/report-format.md"}),
    "Coverage": record(
        notes={**WHOLE, "description": "how many notes the published reports cite"},
        expected={**WHOLE, "description": "pairs that the WSIS-SDG Matrix expects"},
        recorded={**WHOLE, "description": "of these, pairs with a note"},
        lines=listed(
            record(line=text(), notes=WHOLE, goals=listed(record(goal=WHOLE, expected=YES_OR_NO, notes=WHOLE)))
        ),
    ),
    "Problem": {
        "type": "object",
        "properties": {"title": text(), "status": WHOLE, "detail": text()},
        "required": ["title", "status"],
    },
}
# Address, what it is, what comes back.
PAGES: tuple[tuple[str, str, Schema], ...] = (
    ("/meetings", "Every published meeting, the latest first", record(meetings=listed(named("MeetingLine")))),
    ("/meetings/{slug}", "One published meeting", named("Meeting")),
    ("/meetings/{slug}/agenda", "The newest release of its agenda", named("Agenda")),
    ("/meetings/{slug}/sessions/{code}", "One session as released", named("Session")),
    (
        "/meetings/{slug}/reports",
        "Its published reports, the newest first",
        record(reports=listed(named("ReportLine"))),
    ),
    ("/meetings/{slug}/reports/{report}", "One report with its text and its evidence", named("Report")),
    ("/meetings/{slug}/coverage", "Action lines and goals that published reports touched", named("Coverage")),
)


def description(base_url: str) -> Schema:
    """The whole document, for the interface at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "eventapp",
            "version": "1",
            "description": "What is published of inter-governmental meetings, read only, without a key. Every answer "
            "has an ETag: send it back as If-None-Match, and what has not changed costs a 304. Texts of "
            "a meeting are in the language of `language`, else of Accept-Language, where they are there in it.",
        },
        "servers": [{"url": f"{base_url}/api/v1"}],
        "paths": {address: {"get": operation(address, words, answer)} for address, words, answer in PAGES},
        "components": {"schemas": SCHEMAS},
    }


def operation(address: str, words: str, answer: Schema) -> Schema:
    parts = [part[1:-1] for part in address.split("/") if part.startswith("{")]
    problem = {"application/problem+json": {"schema": named("Problem")}}
    return {
        "operationId": "_".join(part for part in address.replace("{", "by_").replace("}", "").split("/") if part),
        "summary": words,
        "parameters": [{"name": part, "in": "path", "required": True, "schema": text()} for part in parts]
        + [{"name": "language", "in": "query", "schema": {"type": "string", "enum": list(LANGUAGES)}}],
        "responses": {
            "200": {"description": words, "content": {"application/json": {"schema": answer}}},
            "304": {"description": "It is as the ETag says"},
            **({"404": {"description": "Nothing of the kind is published", "content": problem}} if parts else {}),
        },
    }
