"""find the paragraphs that others are numbered by on PostgreSQL too"""

import sqlalchemy as sa
from alembic import op

revision = "0165"
down_revision = "0164"
branch_labels = None
depends_on = None

HAS_MARK = sa.or_(*(sa.column("text").like(sa.literal_column(f"'%{mark}%'")) for mark in ("^[", "{", "\n")))
IS_MARKED = sa.case((HAS_MARK, sa.literal_column("1")), else_=sa.literal_column("0")) == sa.literal_column("1")


def upgrade() -> None:
    op.create_index(  # the one of 0164 stays: to take it away here would keep all readers out while this one is made
        "ix_paragraph_numbering", "paragraph", ["chapter_id"], sqlite_where=IS_MARKED, postgresql_where=IS_MARKED
    )


def downgrade() -> None:
    op.drop_index("ix_paragraph_numbering", "paragraph")
