"""The signature of a webhook's body: who has the secret can tell that Hanse sent it, and when."""

import hashlib
import hmac


def signature(secret: str, body: bytes, at: int) -> str:
    """Return what stands in `X-Hanse-Signature`; `at` is in seconds since 1970.

    >>> signature("river", b"{}", 1700000000)
    't=1700000000,v1=8b58c9cfb93a83d538ceb04e9884f1d5475f2ddc22f5c7852984850009815f2b'
    """
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
