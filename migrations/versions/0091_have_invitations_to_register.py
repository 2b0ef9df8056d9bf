"""invitations to register"""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registration_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.String(100), nullable=False),
        sa.Column("family_name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=True),
        sa.Column("skips_approval", sa.Boolean(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_registration_invitation_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_registration_invitation_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["person.id"], name=op.f("fk_registration_invitation_invited_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_invitation")),
    )
    op.create_index(op.f("ix_registration_invitation_meeting_id"), "registration_invitation", ["meeting_id"])
    with op.batch_alter_table("registration") as batch:
        batch.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_registration_invitation_id_registration_invitation"),
            "registration_invitation",
            ["invitation_id"],
            ["id"],
        )
        batch.create_index(op.f("ix_registration_invitation_id"), ["invitation_id"])


def downgrade() -> None:
    with op.batch_alter_table("registration") as batch:
        batch.drop_index(op.f("ix_registration_invitation_id"))
        batch.drop_constraint(op.f("fk_registration_invitation_id_registration_invitation"), type_="foreignkey")
        batch.drop_column("invitation_id")
    op.drop_table("registration_invitation")
