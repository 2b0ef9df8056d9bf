"""know every secret link in one table"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

# Their secrets are known to nobody, so that they have no seed: a letter that is written again gets a link of its own.
TAKE_CARDS = """
    INSERT INTO link (purpose, target, meeting_id, seed, hash, created_at, ended_at, is_replaced)
    SELECT 'card', card_id, meeting_id, '', token_hash, practice_link.sent_at, practice_link.ended_at, false
    FROM practice_link JOIN practice_card ON practice_card.id = card_id ORDER BY practice_link.id
"""
GIVE_CARDS = """
    INSERT INTO practice_link (card_id, token_hash, sent_at, ended_at)
    SELECT target, hash, created_at, ended_at FROM link WHERE purpose = 'card' ORDER BY id
"""


def upgrade() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_replaced", sa.Boolean(), nullable=False),
        sa.Column("under_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_link_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["under_id"], ["link.id"], name=op.f("fk_link_under_id_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("hash", name=op.f("uq_link_hash")),
    )
    op.create_index("ix_link_target", "link", ["purpose", "target"])
    op.create_index(op.f("ix_link_meeting_id"), "link", ["meeting_id"])
    op.create_index(op.f("ix_link_under_id"), "link", ["under_id"])
    op.execute(TAKE_CARDS)
    op.drop_table("practice_link")


def downgrade() -> None:
    op.create_table(
        "practice_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["practice_card.id"], name=op.f("fk_practice_link_card_id_practice_card")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_practice_link_token_hash")),
    )
    op.create_index(op.f("ix_practice_link_card_id"), "practice_link", ["card_id"])
    op.execute(GIVE_CARDS)
    op.drop_table("link")
