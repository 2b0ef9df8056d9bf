"""invitations by a list"""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("registration_invitation") as batch:
        batch.add_column(sa.Column("organization", sa.String(200), nullable=False, server_default=""))
        batch.add_column(sa.Column("country", sa.String(3), nullable=False, server_default=""))
        batch.add_column(sa.Column("is_draft", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("code", sa.String(8), nullable=True))
        batch.create_unique_constraint(op.f("uq_registration_invitation_meeting_id_code"), ["meeting_id", "code"])
    op.execute("UPDATE registration_invitation SET posted_at = invited_at WHERE email != ''")
    with op.batch_alter_table("registration_import") as batch:
        batch.add_column(sa.Column("kind", sa.String(8), nullable=False, server_default="people"))
    with op.batch_alter_table("registration_import_row") as batch:
        batch.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_registration_import_row_invitation_id_registration_invitation"),
            "registration_invitation",
            ["invitation_id"],
            ["id"],
        )
        batch.create_index(op.f("ix_registration_import_row_invitation_id"), ["invitation_id"])


def downgrade() -> None:
    with op.batch_alter_table("registration_import_row") as batch:
        batch.drop_index(op.f("ix_registration_import_row_invitation_id"))
        batch.drop_constraint(
            op.f("fk_registration_import_row_invitation_id_registration_invitation"), type_="foreignkey"
        )
        batch.drop_column("invitation_id")
    with op.batch_alter_table("registration_import") as batch:
        batch.drop_column("kind")
    with op.batch_alter_table("registration_invitation") as batch:
        batch.drop_constraint(op.f("uq_registration_invitation_meeting_id_code"), type_="unique")
        for name in ("code", "posted_at", "is_draft", "country", "organization"):
            batch.drop_column(name)
