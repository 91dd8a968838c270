"""Every write about people: inviting, joining, leaving, switching, machine clients. Not here: who may (inviting).

Accounts are no tenant rows, so each write steps out of the scope in force; its event goes in within that scope.
"""

from portal.accounts.actions.invitations import (
    accept_invitation,
    invite,
    register_and_accept,
    revoke_invitation,
)
from portal.accounts.actions.machines import NewMachine, record_token, register_machine, revoke_machine
from portal.accounts.actions.memberships import CHOSEN, deactivate_membership, save_profile, switch_membership
from portal.accounts.actions.refused import Refused
from portal.accounts.actions.sign_ins import (
    record_ended_sessions,
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
)

__all__ = [
    "CHOSEN",
    "NewMachine",
    "Refused",
    "accept_invitation",
    "deactivate_membership",
    "invite",
    "record_ended_sessions",
    "record_failed_sign_in",
    "record_sign_in",
    "record_sign_out",
    "record_token",
    "register_and_accept",
    "register_machine",
    "revoke_invitation",
    "revoke_machine",
    "save_profile",
    "switch_membership",
]
