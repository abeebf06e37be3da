"""Telling people by mail."""

import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from hanse.devices.clock import Clock
from hanse.network.errors import OutsideError


class NoMailServer(OutsideError):
    """A mail is to be sent and no server is set: see HANSE_SMTP."""

    retry = False


class MailNotTaken(OutsideError):
    """The mail server did not answer, or did not take the mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The mail server. `host` empty: there is none. `security`: none, starttls or tls."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"
    sender: str = ""
    reply_to: str = ""  # where people answer to letters; empty: to the sender
    timeout: timedelta = timedelta(seconds=15)

    def tell(self, address: str, *, subject: str, text: str, number: int, clock: Clock) -> None:
        """Send what nobody wrote: a machine tells of something.

        :raises NoMailServer:
        :raises MailNotTaken:
        """
        message = self._message(address, subject, text, str(number), clock)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        self._hand_over(message)

    def send(self, address: str, *, subject: str, text: str, reference: str, clock: Clock) -> None:
        """Send a letter of somebody; `reference` tells it apart from all other mails of ours.

        :raises NoMailServer:
        :raises MailNotTaken:
        """
        message = self._message(address, subject, text, reference, clock)
        if self.reply_to:
            message["Reply-To"] = self.reply_to
        self._hand_over(message)

    def _message(self, address: str, subject: str, text: str, reference: str, clock: Clock) -> EmailMessage:
        if not self.host:
            raise NoMailServer("no mail server is set: see HANSE_SMTP")
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = address
        message["Subject"] = subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<hanse-{reference}@{self.sender.rpartition('@')[2]}>"
        message.set_content(text)
        return message

    def _hand_over(self, message: EmailMessage) -> None:
        try:
            with self._connected() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotTaken(f"{self.host}:{self.port}: {_reason(error)}") from error

    def _connected(self) -> smtplib.SMTP:
        seconds = self.timeout.total_seconds()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=seconds, context=ssl.create_default_context())
        server = smtplib.SMTP(self.host, self.port, timeout=seconds)
        if self.security == "starttls":
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server


def _reason(error: Exception) -> str:
    """A refused log-in may name what was sent: only the code is told."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it refuses the log-in ({error.smtp_code})"
    return str(error) or type(error).__name__
