"""The patrol: when each permission is looked at, what was told by mail, and how often a clinic wants a new proof

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-29 12:10:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LASTS = sa.text('ended_at IS NULL')


def upgrade():
    # add_column alone keeps SQLite from rebuilding the table, which would lose the triggers of the log (0006).
    op.add_column('clinics', sa.Column('proof_days', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('clinics', sa.Column('counts_arrivals', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table('looks',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('grant_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', MOMENT, nullable=True),
    sa.Column('looked_at', MOMENT, nullable=True),
    sa.Column('failure', sa.String(), nullable=False),
    sa.Column('failing_since', MOMENT, nullable=True),
    sa.Column('etag', sa.String(), nullable=False),
    sa.Column('shown', sa.JSON(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('due_at', MOMENT, nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('leased_until', MOMENT, nullable=True),
    sa.Column('fence', sa.Integer(), nullable=False),
    sa.Column('clinic_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinics.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], ),
    sa.ForeignKeyConstraint(['grant_id'], ['grants.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('grant_id', 'kind', name='uq_looks_of_grant')
    )
    op.create_index('ix_looks_clinic_id', 'looks', ['clinic_id'])
    op.create_index('ix_looks_person_id', 'looks', ['person_id'])
    op.create_index('ix_looks_due_at', 'looks', ['due_at'])
    op.create_table('drifts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('begun_at', MOMENT, nullable=False),
    sa.Column('told_at', MOMENT, nullable=True),
    sa.Column('office_told_at', MOMENT, nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.Column('is_cured', sa.Boolean(), nullable=False),
    sa.Column('cure_told_at', MOMENT, nullable=True),
    sa.Column('clinic_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinics.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_drifts_clinic_id', 'drifts', ['clinic_id'])
    op.create_index('ix_drifts_person_id', 'drifts', ['person_id'])
    op.create_index('uq_drifts_that_last', 'drifts', ['clinic_id', 'key'], unique=True,
                    sqlite_where=LASTS, postgresql_where=LASTS)


def downgrade():
    op.drop_table('drifts')
    op.drop_table('looks')
    op.drop_column('clinics', 'counts_arrivals')
    op.drop_column('clinics', 'proof_days')
