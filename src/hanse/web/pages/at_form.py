"""What an action says about what was written in a form."""

from collections.abc import Generator
from contextlib import contextmanager

from django.forms import Form

from hanse.actions.rights import NotAllowed
from hanse.network.errors import WantedError


@contextmanager
def said_at(form: Form) -> Generator[None]:
    """Put what can be mended at the form. What the person may not do is no matter of the form: it passes on."""
    try:
        yield
    except NotAllowed:
        raise
    except WantedError as error:
        form.add_error(None, str(error))
