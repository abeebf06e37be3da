"""The settings about alerts, who is told of them and how, and how long what happened is kept."""

from datetime import timedelta
from typing import Final

from hanse.conf.setting import Setting, flag, number, seconds
from hanse.network.values.mail import NotAMailAddress, parse_mail_address

SECURITY: Final = {"none": 25, "starttls": 587, "tls": 465}  # and the port that each is spoken on: RFC 8314


def security(text: str) -> str:
    if text not in SECURITY:
        raise ValueError(f"write {', '.join(SECURITY)}")
    return text


def server(text: str) -> tuple[str, int | None]:
    """Return the host and the port, None if only the host is named."""
    if text.startswith("["):  # an IPv6 address
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
    else:
        host, _, port = text.partition(":")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) <= 65535):
        raise ValueError("write host or host:port")
    return host, int(port) if port else None


def mail_address(text: str) -> str:
    try:
        return parse_mail_address(text)
    except NotAMailAddress as error:
        raise ValueError(str(error)) from error


def days(text: str) -> timedelta | None:
    """Return how long; None for 0: for ever."""
    return timedelta(days=number(text)) or None


ALERTS: Final = (
    Setting(
        name="HANSE_ALERT_AFTER",
        read=seconds,
        default="60",
        meaning="Seconds that something has to be wrong before people are told. Longer than NAPALM_TIMEOUT, so that all"
        " routers of one poll have spoken and one cause is told once.",
    ),
    Setting(
        name="HANSE_WEBHOOK_PRIVATE",
        read=flag,
        default="false",
        meaning="Webhooks may lead to private, loopback, link-local and other addresses that are not public.",
    ),
    Setting(
        name="HANSE_SMTP",
        read=server,
        default="",
        meaning="Mail server for alerts: `host` or `host:port`. Empty: no mail.",
    ),
    Setting(
        name="HANSE_SMTP_SECURITY",
        read=security,
        default="starttls",
        meaning="`starttls` (port 587), `tls` (port 465) or `none` (port 25).",
    ),
    Setting(name="HANSE_SMTP_USER", read=str, default="", meaning="User at the mail server. Empty: nobody logs in."),
    Setting(name="HANSE_SMTP_PASSWORD", read=str, default="", meaning="Password at the mail server.", secret=True),
    Setting(name="HANSE_MAIL_FROM", read=str, default="hanse@localhost", meaning="Sender of mails."),
    Setting(
        name="HANSE_MAIL_REPLY_TO",
        read=mail_address,
        default="",
        meaning="Where other networks answer to peering requests. Empty: to HANSE_MAIL_FROM.",
    ),
    Setting(
        name="HANSE_KEEP_CHANGES",
        read=days,
        default="400",
        meaning="Days that changes on routers, and alerts that are over, are kept. 0: for ever.",
    ),
    Setting(
        name="HANSE_KEEP_SAMPLES",
        read=days,
        default="90",
        meaning="Days that polls, and what sessions carried over time, are kept. 0: for ever.",
    ),
    Setting(
        name="HANSE_KEEP_JOBS",
        read=days,
        default="90",
        meaning="Days that jobs that have ended, plans that nobody applied, and what recipients were told, are kept."
        " 0: for ever.",
    ),
    Setting(
        name="HANSE_KEEP_TEXTS",
        read=days,
        default="400",
        meaning="Days that the texts of deployments are kept, those that a router runs always. 0: for ever.",
    ),
    Setting(
        name="HANSE_KEEP_AUDIT",
        read=days,
        default="0",
        meaning="Days that it is kept who changed what. 0: for ever.",
    ),
)
