"""Encrypting what rows of others hold in the open, with the keys of all our secrets."""

from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from encrypted_fields.fields import EncryptedFieldMixin


def sealed(text: str) -> str:
    """Return `text` encrypted with the newest key."""
    return _keys().encrypt(text.encode()).decode()


def unsealed(text: str) -> str:
    """Return what `sealed` was given, whichever of our keys it took."""
    return _keys().decrypt(text.encode()).decode()


@cache
def _keys() -> Fernet | MultiFernet:
    keys: Fernet | MultiFernet = EncryptedFieldMixin().f
    return keys
