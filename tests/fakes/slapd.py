"""A directory (OpenLDAP's slapd) as a child of the test, on loopback: Dora and Bob, and the group `editors`."""

import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SUFFIX: Final = "dc=example,dc=net"
PASSWORD: Final = "far-lamps-burn-bright"
PATIENCE: Final = 20.0  # seconds that it has to answer
CONFIGURATION: Final = """
{includes}
modulepath {modules}
moduleload back_mdb
pidfile {place}/pid
database mdb
suffix "{suffix}"
rootdn "cn=root,{suffix}"
rootpw {password}
directory {place}/rows
access to attrs=userPassword by anonymous auth by * none
access to * by * read
"""
ENTRIES: Final = f"""
dn: {SUFFIX}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=people,{SUFFIX}
objectClass: organizationalUnit
ou: people

dn: ou=groups,{SUFFIX}
objectClass: organizationalUnit
ou: groups

dn: uid=dora,ou=people,{SUFFIX}
objectClass: inetOrgPerson
uid: dora
cn: Dora Doe
givenName: Dora
sn: Doe
mail: dora@example.net
userPassword: {PASSWORD}

dn: uid=bob,ou=people,{SUFFIX}
objectClass: inetOrgPerson
uid: bob
cn: Bob
sn: Bob
mail: bob@example.net
userPassword: {PASSWORD}

dn: cn=editors,ou=groups,{SUFFIX}
objectClass: groupOfNames
cn: editors
member: uid=dora,ou=people,{SUFFIX}

dn: cn=elsewhere,ou=groups,{SUFFIX}
objectClass: groupOfNames
cn: elsewhere
member: uid=dora,ou=people,{SUFFIX}
"""


def slapd_program() -> Path | None:
    """Return where slapd is, if it is."""
    found = shutil.which("slapd", path="/usr/sbin:/usr/local/sbin") or shutil.which("slapd")
    return Path(found) if found else None


@contextmanager
def slapd(program: Path, place: Path) -> Generator[str]:
    """Run a directory in the folder `place` and yield its URL."""
    root = program.resolve().parents[2]
    schemas = ("core", "cosine", "inetorgperson")
    written = CONFIGURATION.format(
        includes="\n".join(f"include {root / 'etc/ldap/schema' / name}.schema" for name in schemas),
        modules=root / "usr/lib/ldap",
        place=place,
        suffix=SUFFIX,
        password=PASSWORD,
    )
    configuration = place / "slapd.conf"
    configuration.write_text(written, encoding="utf-8")
    (place / "rows").mkdir()
    add = [str(program), "-T", "add", "-f", str(configuration), "-q"]
    subprocess.run(add, input=ENTRIES, text=True, check=True, capture_output=True)
    port = _free_port()
    process = subprocess.Popen(
        [program, "-f", configuration, "-h", f"ldap://127.0.0.1:{port}", "-d", "0"], stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield f"ldap://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, "slapd ended"
            assert time.monotonic() < until, "slapd does not answer"
            time.sleep(0.05)
        else:
            return
