"""A zone of the domain name system as a file: RFC 1035, section 5. One zone and one serial are always one text."""

from typing import Final

from hanse.derive.zones import Record, RecordKind, Zone

# RIPE-203's values: what small and stable zones are recommended to say. Seconds.
REFRESH: Final = 86400
RETRY: Final = 7200
EXPIRE: Final = 3600000
NEGATIVE: Final = 3600  # how long others may remember that a name is not there, RFC 2308
TTL: Final = 3600


def zone_text(zone: Zone, serial: int) -> str:
    """Return the file of `zone`. Each line says what it is for; names inside the zone are written short."""
    head = (
        f"; {zone.name}: written by Hanse, changes made here will be lost",
        f"$ORIGIN {zone.name}.",
        f"$TTL {TTL}",
        f"@ SOA {zone.first_server}. {_as_name(zone.hostmaster)}. (",
        f"    {serial} ; serial",
        f"    {REFRESH} ; refresh",
        f"    {RETRY} ; retry",
        f"    {EXPIRE} ; expire",
        f"    {NEGATIVE} ) ; how long a name is known not to be there",
    )
    return "\n".join((*head, *(_line(record, zone) for record in zone.records))) + "\n"


def zone_file(zone: Zone) -> str:
    """Return what the file of `zone` is called."""
    return f"{zone.name}.zone"


def without_serial(text: str) -> str:
    """Return the text of a zone's file with nought for its serial: two that are then the same say the same."""
    return "\n".join("    0 ; serial" if line.endswith("; serial") else line for line in text.splitlines())


def serial_in(text: str) -> int:
    """Return the serial in the text of a zone's file, 0 if there is none."""
    found = (line.split()[0] for line in text.splitlines() if line.endswith("; serial"))
    return next((int(word) for word in found if word.isdigit()), 0)


def _line(record: Record, zone: Zone) -> str:
    short = "@" if record.name == zone.name else record.name.removesuffix(f".{zone.name}")
    value = f"{record.value}." if record.kind in {RecordKind.NS, RecordKind.PTR} else record.value
    return f"{short} {record.kind} {value} ; {record.why}"


def _as_name(mail: str) -> str:
    """Return a mail address as a name: dots before the @ are escaped, RFC 1035 section 8."""
    local, _, host = mail.partition("@")
    return f"{local.replace('.', chr(92) + '.')}.{host}"
