"""write fewer indexes"""

import sqlalchemy as sa
from alembic import op


revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

HAS_ONE = sa.text("dedupe IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_rate_hit_window", table_name="rate_hit")
    keep_hits(with_rowid=False)

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_constraint("uq_letter_dedupe", type_="unique")
        batch_op.drop_constraint("uq_letter_message_id", type_="unique")
    op.create_index(
        "uq_letter_dedupe", "letter", ["dedupe"], unique=True, sqlite_where=HAS_ONE, postgresql_where=HAS_ONE
    )

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index("ix_registration_person_id")
        batch_op.drop_constraint("uq_registration_meeting_id_person_id", type_="unique")
        batch_op.create_unique_constraint("uq_registration_person_id_meeting_id", ["person_id", "meeting_id"])


def downgrade() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint("uq_registration_person_id_meeting_id", type_="unique")
        batch_op.create_unique_constraint("uq_registration_meeting_id_person_id", ["meeting_id", "person_id"])
        batch_op.create_index("ix_registration_person_id", ["person_id"])

    op.drop_index("uq_letter_dedupe", table_name="letter")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_unique_constraint("uq_letter_message_id", ["message_id"])
        batch_op.create_unique_constraint("uq_letter_dedupe", ["dedupe"])

    keep_hits(with_rowid=True)
    op.create_index("ix_rate_hit_window", "rate_hit", ["window"])


def keep_hits(*, with_rowid: bool) -> None:
    """Make SQLite's table anew; PostgreSQL has one kind of table only."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.create_table(
        "rate_hit_anew",
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name="pk_rate_hit"),
        sqlite_with_rowid=with_rowid,
    )
    op.execute('INSERT INTO rate_hit_anew ("key", "window", hits) SELECT "key", "window", hits FROM rate_hit')
    op.drop_table("rate_hit")
    op.rename_table("rate_hit_anew", "rate_hit")
