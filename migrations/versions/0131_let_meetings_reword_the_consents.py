"""let meetings reword the consents of the form"""

import sqlalchemy as sa
from alembic import op

revision = "0131"
down_revision = "0130"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_consent_wording_by_id_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_consent_wording_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_wording")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_consent_wording_meeting_id_number")),
    )
    with op.batch_alter_table("registration") as batch:
        batch.add_column(sa.Column("consent_wording_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_registration_consent_wording_id_consent_wording"),
            "consent_wording",
            ["consent_wording_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("registration") as batch:
        batch.drop_constraint(op.f("fk_registration_consent_wording_id_consent_wording"), type_="foreignkey")
        batch.drop_column("consent_wording_id")
    op.drop_table("consent_wording")
