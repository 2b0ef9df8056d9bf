"""summarize in the form of the forum"""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FORM = {"key_issues": [], "presentations": [], "discussion": "", "divergence": "", "way_forward": ""}


def upgrade() -> None:
    op.create_table(
        "summary_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_summary_revision_session_id_session")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_summary_revision_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_revision")),
        sa.UniqueConstraint("session_id", "number", name=op.f("uq_summary_revision_session_id_number")),
        sa.UniqueConstraint("client_key", name=op.f("uq_summary_revision_client_key")),
    )
    with op.batch_alter_table("session_record") as batch_op:
        batch_op.add_column(sa.Column("summary_head", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("approved_head", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("approved_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("attendance", sa.JSON(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_session_record_approved_by_id_person"), "person", ["approved_by_id"], ["id"]
        )
    keep_summaries()
    with op.batch_alter_table("session_record") as batch_op:
        batch_op.alter_column("summary_head", server_default=None)
        batch_op.drop_column("summary")
    with op.batch_alter_table("kept_text") as batch_op:
        batch_op.add_column(sa.Column("part", sa.String(length=8), nullable=False, server_default="note"))
    with op.batch_alter_table("kept_text") as batch_op:
        batch_op.alter_column("part", server_default=None)


def keep_summaries() -> None:
    """A summary in one piece becomes the discussion of the first revision."""
    rows = sa.table(
        "session_record",
        sa.column("session_id", sa.Integer),
        sa.column("summary", sa.Text),
        sa.column("submitted_at", sa.DateTime(timezone=True)),
        sa.column("submitted_by_id", sa.Integer),
        sa.column("summary_head", sa.Integer),
    )
    revisions = sa.table(
        "summary_revision",
        sa.column("session_id", sa.Integer),
        sa.column("number", sa.Integer),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("by_id", sa.Integer),
        sa.column("act", sa.String),
        sa.column("content", sa.JSON),
    )
    written = sa.and_(rows.c.summary != "", rows.c.submitted_at.is_not(None))
    connection = op.get_bind()
    for row in connection.execute(sa.select(rows).where(written)).all():
        values = {"session_id": row.session_id, "number": 1, "at": row.submitted_at, "by_id": row.submitted_by_id}
        content = {**FORM, "discussion": row.summary}
        connection.execute(revisions.insert().values(**values, act="recorded", content=content))
    connection.execute(rows.update().where(written).values(summary_head=1))


def downgrade() -> None:
    with op.batch_alter_table("kept_text") as batch_op:
        batch_op.drop_column("part")
    with op.batch_alter_table("session_record") as batch_op:
        batch_op.add_column(sa.Column("summary", sa.Text(), nullable=False, server_default=""))
        batch_op.drop_constraint(batch_op.f("fk_session_record_approved_by_id_person"), type_="foreignkey")
        batch_op.drop_column("attendance")
        batch_op.drop_column("approved_by_id")
        batch_op.drop_column("approved_at")
        batch_op.drop_column("approved_head")
        batch_op.drop_column("summary_head")
    put_back_summaries()
    with op.batch_alter_table("session_record") as batch_op:
        batch_op.alter_column("summary", server_default=None)
    op.drop_table("summary_revision")


def put_back_summaries() -> None:
    """The newest words of each summary, in one piece."""
    revisions = sa.table(
        "summary_revision",
        sa.column("session_id", sa.Integer),
        sa.column("number", sa.Integer),
        sa.column("content", sa.JSON),
    )
    rows = sa.table("session_record", sa.column("session_id", sa.Integer), sa.column("summary", sa.Text))
    connection = op.get_bind()
    for row in connection.execute(sa.select(revisions).order_by(revisions.c.number)).all():
        said = row.content
        presented = [text for _role, text in said.get("presentations") or []]
        last = [said.get(name) for name in ("discussion", "divergence", "way_forward")]
        words = "\n".join(filter(None, [*(said.get("key_issues") or []), *presented, *last]))
        connection.execute(rows.update().where(rows.c.session_id == row.session_id).values(summary=words))
