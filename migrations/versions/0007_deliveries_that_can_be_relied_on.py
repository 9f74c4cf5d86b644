"""Deliveries that can be relied on: the paces that all who ask Google share, the number of a fault, what a title tells

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-29 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('paces',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('left', sa.Double(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('share', sa.Double(), nullable=False),
    sa.Column('slowed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('name')
    )
    op.add_column('clinics', sa.Column('event_title', sa.String(), server_default='nothing', nullable=False))
    op.add_column('deliveries', sa.Column('fault', sa.String(), server_default='', nullable=False))
    op.create_index('ix_deliveries_open', 'deliveries', ['due_at'],
    sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))


def downgrade():
    op.drop_index('ix_deliveries_open', table_name='deliveries')
    op.drop_column('deliveries', 'fault')
    op.drop_column('clinics', 'event_title')
    op.drop_table('paces')
