"""a line for each thing a search of the record can find"""

import sqlalchemy as sa
from alembic import op

from eventapp.ground.text.policy import search_key


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    findable = op.create_table(
        "findable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("thing", sa.String(length=16), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_findable_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_findable_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findable")),
        sa.UniqueConstraint("thing", "thing_id", name=op.f("uq_findable_thing_thing_id")),
    )
    with op.batch_alter_table("findable", schema=None) as batch_op:
        batch_op.create_index("ix_findable_meeting", ["meeting_id", "session_id"], unique=False)
    rows = [*notes(op.get_bind()), *summaries(op.get_bind())]
    if rows:
        op.bulk_insert(findable, rows)


def notes(connection):
    meta = sa.MetaData()
    note, revision, session = (sa.Table(name, meta, autoload_with=connection) for name in ("note", "revision", "session"))
    lists = [sa.type_coerce(revision.c[name], sa.JSON).label(name) for name in ("action_lines", "goals", "countries")]
    same = [revision.c[name] for name in ("title", "text", "language", "kind", "speaker", "organization", "country")]
    query = (
        sa.select(note.c.id, note.c.number, note.c.session_id, session.c.meeting_id, session.c.code, *same, *lists)
        .join(revision, sa.and_(revision.c.note_id == note.c.id, revision.c.number == note.c.head))
        .join(session, session.c.id == note.c.session_id)
        .where(note.c.deleted_at.is_(None), revision.c.off_record == sa.false())
    )
    for one in connection.execute(query):
        reference = f"{one.code}-{one.number:02d}"
        marks = [*one.action_lines, *(f"g{goal}" for goal in one.goals), *one.countries, *filter(None, [one.country])]
        yield {
            "meeting_id": one.meeting_id, "session_id": one.session_id, "thing": "note", "thing_id": one.id,
            "reference": reference, "path": f"record/{one.code}/{one.number}", "title": one.title, "text": one.text,
            "language": one.language, "kind": one.kind, "state": "", "marks": " ".join(["", *dict.fromkeys(marks), ""]),
            "speaker": search_key(one.speaker, one.organization),
            "words": search_key(reference, one.title, one.text, one.speaker, one.organization),
        }  # fmt: skip


def summaries(connection):
    query = sa.text(
        "SELECT session_record.id, session_record.summary, session.id AS session_id, session.meeting_id, session.code, "
        "session.title FROM session_record JOIN session ON session.id = session_record.session_id "
        "WHERE session_record.summary <> ''"
    )
    for one in connection.execute(query):
        yield {
            "meeting_id": one.meeting_id, "session_id": one.session_id, "thing": "summary", "thing_id": one.id,
            "reference": one.code, "path": f"record/{one.code}/submission", "title": one.title, "text": one.summary,
            "language": "en", "kind": "", "state": "", "marks": " ", "speaker": "",
            "words": search_key(one.code, one.title, one.summary),
        }  # fmt: skip


def downgrade() -> None:
    with op.batch_alter_table("findable", schema=None) as batch_op:
        batch_op.drop_index("ix_findable_meeting")

    op.drop_table("findable")
