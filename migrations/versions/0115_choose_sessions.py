"""stars of a registration, and sessions to sign up for"""

import sqlalchemy as sa
from alembic import op

revision = "0115"
down_revision = "0114"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("sign_up_places", sa.Integer(), nullable=True))
    op.add_column("session", sa.Column("sign_up_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "star",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_star_registration_id_registration")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_star_session_id_session")),
        sa.PrimaryKeyConstraint("registration_id", "session_id", name=op.f("pk_star")),
    )
    op.create_index(op.f("ix_star_session_id"), "star", ["session_id"])
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('signed', 'in line', 'left')", name=op.f("ck_sign_up_state_known")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_sign_up_registration_id_registration")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_sign_up_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("session_id", "registration_id", name=op.f("uq_sign_up_session_id_registration_id")),
    )
    op.create_index("ix_sign_up_line", "sign_up", ["session_id", "state", "at"])
    op.create_index(op.f("ix_sign_up_registration_id"), "sign_up", ["registration_id"])


def downgrade() -> None:
    op.drop_table("sign_up")
    op.drop_table("star")
    with op.batch_alter_table("session") as batch:
        batch.drop_column("sign_up_until")
        batch.drop_column("sign_up_places")
