"""Real routers for the Linux driver's tests. Without root or the lab's packages they are left out, and say why."""

import itertools
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from devices.linux.linux_node import ROOM, LinuxNode, missing_for_a_node

NUMBERS = itertools.count(os.getpid() * 16 % 16000)


@pytest.fixture(scope="session")
def login_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the private key that all routers of these tests accept."""
    key = tmp_path_factory.mktemp("keys") / "id"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    return key


@pytest.fixture
def node(request: pytest.FixtureRequest) -> Iterator[LinuxNode]:
    """Start a router with nothing but its management address."""
    missing = missing_for_a_node()
    if missing:
        pytest.skip(missing)
    made = LinuxNode(number=next(NUMBERS) % 16384, key=request.getfixturevalue("login_key"))
    try:
        made.create()
        yield made
    finally:
        made.destroy()
        with suppress(OSError):
            ROOM.rmdir()  # another run may have its routers there
