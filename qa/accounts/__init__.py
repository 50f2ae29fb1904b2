"""Who may use a library that serves an office: accounts, sessions, tokens, and the gate."""

from qa.accounts.gate import Gate
from qa.accounts.store import AccountRow, Accounts, Noted, TokenRow
from qa.accounts.user import ROLES, Role, User, asking

__all__ = [
    "ROLES",
    "AccountRow",
    "Accounts",
    "Gate",
    "Noted",
    "Role",
    "TokenRow",
    "User",
    "asking",
]
