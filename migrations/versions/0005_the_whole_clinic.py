"""The whole clinic: personal links, which cells are needed, browsers of computers, letters, leaving, and from where

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-29 07:10:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade():
    with op.batch_alter_table('clinics', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_at', MOMENT, nullable=True))
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('email', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('left_at', MOMENT, nullable=True))
    with op.batch_alter_table('workstations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('books_for', sa.String(), nullable=False, server_default='everybody'))
        batch_op.add_column(sa.Column('has_pimsy', sa.Boolean(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('retired_at', MOMENT, nullable=True))
        batch_op.add_column(sa.Column('code', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('code_until', MOMENT, nullable=True))
    with op.batch_alter_table('log', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address', sa.String(), nullable=False, server_default=''))
    op.create_table('personal_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('word', sa.String(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('expires_at', MOMENT, nullable=False),
    sa.Column('opened_at', MOMENT, nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.Column('asked_at', MOMENT, nullable=True),
    sa.Column('clinic_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinics.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest')
    )
    op.create_index('ix_personal_links_clinic_id', 'personal_links', ['clinic_id'])
    op.create_index('ix_personal_links_person_id', 'personal_links', ['person_id'])
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('personal_link_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('handed_to', sa.Integer(), nullable=True))
        batch_op.create_foreign_key('fk_sessions_personal_link_id', 'personal_links', ['personal_link_id'], ['id'])
        batch_op.create_foreign_key('fk_sessions_handed_to', 'people', ['handed_to'], ['id'])
    op.create_table('needs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('workstation_id', sa.Integer(), nullable=False),
    sa.Column('is_needed', sa.Boolean(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('clinic_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinics.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], ),
    sa.ForeignKeyConstraint(['workstation_id'], ['workstations.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('person_id', 'workstation_id', name='uq_needs_cell')
    )
    op.create_index('ix_needs_clinic_id', 'needs', ['clinic_id'])
    op.create_index('ix_needs_person_id', 'needs', ['person_id'])
    op.create_table('browsers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('workstation_id', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('turned_at', MOMENT, nullable=False),
    sa.Column('agent', sa.String(), nullable=False),
    sa.Column('first_seen', MOMENT, nullable=False),
    sa.Column('last_seen', MOMENT, nullable=False),
    sa.Column('clinic_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinics.id'], ),
    sa.ForeignKeyConstraint(['workstation_id'], ['workstations.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest', 'clinic_id', name='uq_browsers_digest')
    )
    op.create_index('ix_browsers_clinic_id', 'browsers', ['clinic_id'])
    op.create_index('ix_browsers_workstation_id', 'browsers', ['workstation_id'])
    op.create_table('mails',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('due_at', MOMENT, nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('leased_until', MOMENT, nullable=True),
    sa.Column('fence', sa.Integer(), nullable=False),
    sa.Column('sent_at', MOMENT, nullable=True),
    sa.Column('trouble', sa.String(), nullable=False),
    sa.Column('clinic_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinics.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_mails_clinic_id', 'mails', ['clinic_id'])
    op.create_index('ix_mails_person_id', 'mails', ['person_id'])


def downgrade():
    op.drop_table('mails')
    op.drop_table('browsers')
    op.drop_table('needs')
    op.execute('DELETE FROM sessions WHERE personal_link_id IS NOT NULL OR handed_to IS NOT NULL')
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_constraint('fk_sessions_handed_to', type_='foreignkey')
        batch_op.drop_constraint('fk_sessions_personal_link_id', type_='foreignkey')
        batch_op.drop_column('handed_to')
        batch_op.drop_column('personal_link_id')
    op.drop_table('personal_links')
    with op.batch_alter_table('log', schema=None) as batch_op:
        batch_op.drop_column('address')
    with op.batch_alter_table('workstations', schema=None) as batch_op:
        for column in ('code_until', 'code', 'retired_at', 'has_pimsy', 'books_for'):
            batch_op.drop_column(column)
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('left_at')
        batch_op.drop_column('email')
    with op.batch_alter_table('clinics', schema=None) as batch_op:
        batch_op.drop_column('ended_at')
