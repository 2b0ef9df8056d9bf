"""find the footnotes, references and points that paragraphs are numbered by"""

import sqlalchemy as sa
from alembic import op

revision = "0164"
down_revision = "0163"
branch_labels = None
depends_on = None

IS_MARKED = sa.or_(*(sa.column("text").like(sa.literal_column(f"'%{mark}%'")) for mark in ("^[", "{", "\n")))


def upgrade() -> None:
    op.create_index(
        "ix_paragraph_marked", "paragraph", ["chapter_id"], sqlite_where=IS_MARKED, postgresql_where=IS_MARKED
    )


def downgrade() -> None:
    op.drop_index("ix_paragraph_marked", "paragraph")
