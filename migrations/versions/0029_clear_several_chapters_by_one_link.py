"""clear several chapters by one link"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEEP_CHAPTERS = """
    INSERT INTO reader_chapter (reader_id, chapter_id) SELECT id, chapter_id FROM reader WHERE chapter_id IS NOT NULL
"""
# Before, a link was for one chapter: nobody gets to read what was not sent to them, so the link keeps the first, and a
# row of its own stands for each other one. Nobody holds the links of those; going up, they are one again.
KEEP_FIRST_CHAPTER = """
    UPDATE reader SET chapter_id = (
        SELECT chapter.id FROM reader_chapter JOIN chapter ON chapter.id = reader_chapter.chapter_id
        WHERE reader_chapter.reader_id = reader.id ORDER BY chapter.position, chapter.id LIMIT 1
    )
"""
COLUMNS = "report_id, name, email, on_behalf, asked_at, asked_by_id, expires_at, ended_at, finished_at"
KEEP_OTHER_CHAPTERS = f"""
    INSERT INTO reader ({COLUMNS}, chapter_id)
    SELECT {COLUMNS}, reader_chapter.chapter_id FROM reader_chapter JOIN reader ON reader.id = reader_chapter.reader_id
    WHERE reader_chapter.chapter_id <> reader.chapter_id ORDER BY reader_chapter.id
"""  # noqa: S608 - no words from outside
SAME = "{0}.report_id = {1}.report_id AND {0}.email = {1}.email AND {0}.name = {1}.name AND {0}.asked_at = {1}.asked_at"
ONE_LINK = f"""
    COALESCE((
        SELECT MIN(whole.id) FROM reader AS part JOIN reader AS whole ON {SAME.format("whole", "part")}
        WHERE part.id = reader_id AND part.chapter_id IS NOT NULL AND whole.chapter_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1 FROM reader AS twin
            WHERE {SAME.format("twin", "part")} AND twin.chapter_id = part.chapter_id AND twin.id < part.id
        )
    ), reader_id)
"""  # noqa: S608
JOIN_LINKS = (
    f"UPDATE remark SET reader_id = {ONE_LINK}",  # noqa: S608
    f"UPDATE reader_chapter SET reader_id = {ONE_LINK}",  # noqa: S608
    "DELETE FROM reader WHERE chapter_id IS NOT NULL AND id NOT IN (SELECT reader_id FROM reader_chapter)",
)


def upgrade() -> None:
    op.create_table(
        "reader_chapter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_reader_chapter_chapter_id_chapter")),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_reader_chapter_reader_id_reader")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_chapter")),
        sa.UniqueConstraint("reader_id", "chapter_id", name=op.f("uq_reader_chapter_reader_id_chapter_id")),
    )
    op.execute(KEEP_CHAPTERS)
    for joined in JOIN_LINKS:
        op.execute(joined)
    with op.batch_alter_table("reader") as batch:
        batch.drop_constraint(batch.f("fk_reader_chapter_id_chapter"), type_="foreignkey")
        batch.drop_column("chapter_id")


def downgrade() -> None:
    with op.batch_alter_table("reader") as batch:
        batch.add_column(sa.Column("chapter_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f("fk_reader_chapter_id_chapter"), "chapter", ["chapter_id"], ["id"])
    op.execute(KEEP_FIRST_CHAPTER)
    op.execute(KEEP_OTHER_CHAPTERS)
    op.drop_table("reader_chapter")
