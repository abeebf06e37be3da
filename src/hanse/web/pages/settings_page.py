"""The settings of this Hanse, to read: they are made where it is started."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from hanse.actions.rights import Right
from hanse.conf.shown_settings import shown_settings
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.person import person_of

SETTINGS: Final = Table(
    columns=(
        Column("name", "Setting", cell="lists/cells/copy.html", sort=("name",)),
        Column("value", "Value"),
        Column("comes_from", "From", sort=("comes_from", "name")),
        Column("default", "Default"),
        Column("meaning", "Meaning"),
    ),
    refreshed=None,
)


@require_safe
def settings_list(request: HttpRequest) -> HttpResponseBase:
    """List every setting; a secret's value is not among them."""
    person_of(request).insist(Right.ADMINISTER)
    filters = (Words(fields=("name", "meaning")),)
    return list_page(request, table=SETTINGS, rows=shown_settings(), filters=filters, template="people/settings.html")
