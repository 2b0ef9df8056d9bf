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
KEEP_FIRST_CHAPTER = """
    UPDATE reader SET chapter_id = (
        SELECT chapter.id FROM reader_chapter JOIN chapter ON chapter.id = reader_chapter.chapter_id
        WHERE reader_chapter.reader_id = reader.id ORDER BY chapter.position, chapter.id LIMIT 1
    )
"""  # a link for one chapter could not hold more: nobody gets to read what was not sent to them


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
    with op.batch_alter_table("reader") as batch:
        batch.drop_constraint(batch.f("fk_reader_chapter_id_chapter"), type_="foreignkey")
        batch.drop_column("chapter_id")


def downgrade() -> None:
    with op.batch_alter_table("reader") as batch:
        batch.add_column(sa.Column("chapter_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f("fk_reader_chapter_id_chapter"), "chapter", ["chapter_id"], ["id"])
    op.execute(KEEP_FIRST_CHAPTER)
    op.drop_table("reader_chapter")
