"""find paragraphs of reports as they are corrected"""

import sqlalchemy as sa
from alembic import op

from eventapp.ground.text.policy import search_key

revision = "0118"
down_revision = "0117"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("published_paragraph", sa.Column("corrected", sa.Text(), nullable=False, server_default=""))
    take_corrections()


def take_corrections() -> None:
    """Put what corrigenda say of the newest version beside the text that they correct."""
    connection = op.get_bind()
    paragraph = sa.table(
        "published_paragraph", *map(sa.column, ("id", "report_id", "place", "text", "words", "corrected"))
    )
    entry = sa.table(
        "correction", *map(sa.column, ("id", "report_id", "version", "paragraph", "wrong", "reading", "corrigendum_id"))
    )
    report = sa.table("report", *map(sa.column, ("id", "version")))
    found = entry.join(report, (report.c.id == entry.c.report_id) & (report.c.version == entry.c.version)).join(
        paragraph, (paragraph.c.report_id == entry.c.report_id) & (paragraph.c.place == entry.c.paragraph)
    )
    query = sa.select(paragraph.c.id, paragraph.c.text, paragraph.c.words, entry.c.wrong, entry.c.reading)
    query = query.select_from(found).where(entry.c.corrigendum_id.is_not(None)).order_by(entry.c.id)
    corrected: dict[int, tuple[str, str]] = {}
    for row in connection.execute(query).all():
        text, words = corrected.get(row.id, (row.text, row.words))
        text = text.replace(row.wrong, row.reading, 1)
        corrected[row.id] = (text, f"{words} {search_key(text)}")
    for number, (text, words) in corrected.items():
        change = paragraph.update().where(paragraph.c.id == number)
        connection.execute(change.values(corrected=text, words=words))


def downgrade() -> None:
    with op.batch_alter_table("published_paragraph") as batch:
        batch.drop_column("corrected")
