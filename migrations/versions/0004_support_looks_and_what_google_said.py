"""Support looks, whether help helped, and what Google said where nobody knew its answer

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-24 00:20:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('support_looks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digits', sa.String(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('clinic_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinics.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_support_looks_clinic_id', 'support_looks', ['clinic_id'])
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.alter_column('administrator_id', existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column('support_look_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key('fk_sessions_support_look_id', 'support_looks', ['support_look_id'], ['id'])
    op.create_table('help_votes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('helped', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_help_votes_code', 'help_votes', ['code'])
    with op.batch_alter_table('subjects', schema=None) as batch_op:
        batch_op.add_column(sa.Column('failure_note', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('failure_note', sa.String(), nullable=False, server_default=''))


def downgrade():
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_column('failure_note')
    with op.batch_alter_table('subjects', schema=None) as batch_op:
        batch_op.drop_column('failure_note')
    op.drop_index('ix_help_votes_code', table_name='help_votes')
    op.drop_table('help_votes')
    op.execute('DELETE FROM sessions WHERE administrator_id IS NULL')
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_constraint('fk_sessions_support_look_id', type_='foreignkey')
        batch_op.drop_column('support_look_id')
        batch_op.alter_column('administrator_id', existing_type=sa.Integer(), nullable=False)
    op.drop_index('ix_support_looks_clinic_id', table_name='support_looks')
    op.drop_table('support_looks')
