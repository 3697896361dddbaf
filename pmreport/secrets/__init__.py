"""Tokens and passwords: where they lie, how they are kept, and that nothing shows them."""

from pmreport.secrets.keeping import Kept, forget, keep
from pmreport.secrets.keyrings import SERVICE, refusal
from pmreport.secrets.lookup import Places, jira_token, tokens, user_of
from pmreport.secrets.password import mail_password, mail_token, mail_user, store_password
from pmreport.secrets.redaction import redacted
from pmreport.secrets.secret import Secret, Token, checked

__all__ = [
    "SERVICE",
    "Kept",
    "Places",
    "Secret",
    "Token",
    "checked",
    "forget",
    "jira_token",
    "keep",
    "mail_password",
    "mail_token",
    "mail_user",
    "redacted",
    "refusal",
    "store_password",
    "tokens",
    "user_of",
]
