"""What all local vendor routers are: a name, somebody who may log in, and ports that this machine's kernel tells of."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hanse_lab.commands import run
from hanse_lab.vendor.faults import Misbehaviour


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who may log in."""

    user: str
    password: str


@dataclass(slots=True, kw_only=True)
class Box:
    """The router apart from its configuration. `minute` is how long a minute of its timers lasts, in seconds."""

    login: Login
    listen: str = "127.0.0.1"
    port: int = 0  # 0: any that is free
    minute: float = 60.0
    program: tuple[str, ...] = ()  # words before each command that is run, as `nsenter ...`
    misbehaviour: Misbehaviour = field(default_factory=Misbehaviour)
    started: float = field(default_factory=time.time)

    def ports(self) -> list[dict[str, Any]]:
        """Return the ports with their addresses, as `ip -json address show` tells them."""
        links: list[dict[str, Any]] = json.loads(run(*self.program, "ip", "-json", "address", "show"))
        return links


class Served(Protocol):
    """A server that runs in threads of its own."""

    def serve_forever(self) -> None:
        """Answer until `shutdown`."""

    def shutdown(self) -> None:
        """Stop answering."""


@contextmanager
def serving(server: Served) -> Iterator[None]:
    """Run the server beside what follows."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join(5)


def certificate(address: str) -> tuple[bytes, bytes]:
    """Return a certificate that its owner has signed, and its key, both in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "local vendor router")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signed.public_bytes(serialization.Encoding.PEM), secret
