"""let inputs and cards that were sent be found as well"""

import sqlalchemy as sa
from alembic import op

from eventapp.ground.text.policy import search_key


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TITLE = 200


def upgrade() -> None:
    connection = op.get_bind()
    findable = sa.Table("findable", sa.MetaData(), autoload_with=connection)
    connection.execute(sa.delete(findable).where(findable.c.thing.in_(("input", "card"))))
    rows = [*inputs(connection), *cards(connection)]
    if rows:
        op.bulk_insert(findable, rows)


def sent(connection, thing, link, revisions):
    """Each thing with what it said when it was last sent."""
    meta = sa.MetaData()
    made, said = (sa.Table(name, meta, autoload_with=connection) for name in (thing, revisions))
    newest = (
        sa.select(said.c[link].label("of"), sa.func.max(said.c.number).label("number"))
        .where(said.c.was_sent == sa.true())
        .group_by(said.c[link])
        .subquery()
    )
    same = [one for one in made.c if one.name != "content"]
    query = (
        sa.select(*same, sa.type_coerce(said.c.content, sa.JSON).label("content"))
        .join(newest, newest.c.of == made.c.id)
        .join(said, sa.and_(said.c[link] == made.c.id, said.c.number == newest.c.number))
        .order_by(made.c.id)
    )
    return connection.execute(query.where(made.c.sent_at.is_not(None)))


def line(one, thing, reference, path, title, parts, speaker, marks, **more):
    text = "\n\n".join(part for part in parts if part)
    marks = " ".join(["", *dict.fromkeys(mark for mark in marks if mark), ""])
    return {
        "meeting_id": one.meeting_id, "session_id": None, "thing": thing, "thing_id": one.id, "reference": reference,
        "path": path, "title": title[:TITLE], "text": text, "language": one.content.get("language", "en"), "kind": "",
        "state": "submitted", "marks": marks, "speaker": search_key(speaker), "words": search_key(reference, title, text, speaker),
        **more,
    }  # fmt: skip


def inputs(connection):
    for one in sent(connection, "written_input", "input_id", "input_revision"):
        if one.withdrawn_at is None:
            said = one.content
            passages = {code: text for code, text in (said.get("passages") or {}).items() if text}
            organization = said.get("organization", "")
            yield line(
                one, "input", f"IN-{one.number:02d}", f"manage/inputs/{one.number}", organization,
                [said.get("overview", ""), *passages.values()], f"{one.name} {organization}",
                [*passages, said.get("country", "")],
            )  # fmt: skip


def cards(connection):
    for one in sent(connection, "practice_card", "card_id", "practice_revision"):
        said = one.content
        goals = [f"g{goal}" for goal in said.get("goals") or ()]
        yield line(
            one, "card", f"GP-{one.number:02d}", f"manage/practices/{one.number}", said.get("project", ""),
            [said.get(part, "") for part in ("results", "partners", "challenges", "prospects")],
            f"{one.name} {said.get('owner', '')}", [*(said.get("action_lines") or ()), *goals, said.get("country", "")],
            session_id=one.session_id, kind=one.kind,
        )  # fmt: skip


def downgrade() -> None:
    op.execute("DELETE FROM findable WHERE thing IN ('input', 'card')")
