"""Whether a target is one that people can be told at."""

from typing import Final

from hanse.monitor.telling.targets import Means
from hanse.monitor.telling.webhook import parsed
from hanse.network.values.mail import insist_on_mail_address

LONGEST: Final = 500  # letters of a target


def insist_on_target(means: Means, target: str) -> None:
    """Return if `target` is where such a recipient can be reached.

    :raises NotAWebhook:
    :raises NotAMailAddress:
    """
    if means is Means.WEBHOOK:
        parsed(target)
    else:
        insist_on_mail_address(target)
