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
    found_where(IS_MARKED)


def downgrade() -> None:
    found_where(HAS_MARK)


def found_where(condition: sa.ColumnElement[bool]) -> None:
    op.drop_index("ix_paragraph_marked", "paragraph")
    op.create_index(
        "ix_paragraph_marked", "paragraph", ["chapter_id"], sqlite_where=condition, postgresql_where=condition
    )
