"""find paragraphs of reports"""

import sqlalchemy as sa
from alembic import op

from eventapp.ground.text.policy import search_key

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

A_BATCH = 1000


def upgrade() -> None:
    op.add_column("paragraph", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "published_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(20), nullable=False),
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_published_paragraph_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_paragraph")),
    )
    op.create_index(op.f("ix_published_paragraph_report_id"), "published_paragraph", ["report_id"])
    fold()
    take_from_editions()


def fold() -> None:
    """Fold the text of every paragraph."""
    connection = op.get_bind()
    table = sa.table("paragraph", sa.column("id"), sa.column("text"), sa.column("words"))
    query = sa.select(table.c.id, table.c.text).order_by(table.c.id).limit(A_BATCH)
    change = table.update().where(table.c.id == sa.bindparam("row")).values(words=sa.bindparam("folded"))
    last = 0
    while rows := connection.execute(query.where(table.c.id > last)).all():
        last = rows[-1].id
        connection.execute(change, [{"row": row.id, "folded": search_key(row.text)} for row in rows])


def take_from_editions() -> None:
    """Keep the paragraphs of the newest edition of each report."""
    connection = op.get_bind()
    names = ("report_id", "anchor", "place", "text", "words")
    found = sa.table("published_paragraph", *map(sa.column, names))
    edition = sa.table(
        "edition", sa.column("report_id"), sa.column("version"), sa.column("content", sa.JSON())
    )
    report = sa.table("report", sa.column("id"), sa.column("version"))
    newest = edition.join(report, (report.c.id == edition.c.report_id) & (report.c.version == edition.c.version))
    for report_id, content in connection.execute(
        sa.select(edition.c.report_id, edition.c.content).select_from(newest).order_by(edition.c.report_id)
    ).all():
        rows = [
            {"report_id": report_id, "text": one["text"], "words": search_key(one["text"]), **called(one)}
            for chapter in content["report"]["chapters"]
            for one in chapter["paragraphs"]
        ]
        if rows:
            connection.execute(found.insert(), rows)


def called(one: dict) -> dict[str, str]:
    """Its name in the address of the page, and as other places call it."""
    number, letter = one["number"], one.get("letter", "")
    return {"anchor": f"p{number}{letter}", "place": f"{number} ({letter})" if letter else str(number)}


def downgrade() -> None:
    op.drop_index(op.f("ix_published_paragraph_report_id"), table_name="published_paragraph")
    op.drop_table("published_paragraph")
    with op.batch_alter_table("paragraph") as batch:
        batch.drop_column("words")
