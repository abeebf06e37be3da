"""Lists: a table, its filters, its pages and its exports, the same everywhere.

    ROUTERS = Table(columns=(Column("node", "Router", cell="cells/router.html", sort=("node",)), ...))

    def router_list(request: HttpRequest) -> HttpResponseBase:
        filters = (Words(fields=("node", "site")), Choice(name="status", title="Status", options=words_of(NodeStatus)))
        return list_page(request, table=ROUTERS, rows=..., filters=filters, template="routers/list.html")

The template extends `lists/list.html`. Filters, sorting and page stand in the URL; htmx asks for `#rows` alone.
"""

from hanse.web.pages.lists.filters import Choice, Filter, Moment, Number, Words, words_of
from hanse.web.pages.lists.page import list_page
from hanse.web.pages.lists.table import Column, Table

__all__ = ("Choice", "Column", "Filter", "Moment", "Number", "Table", "Words", "list_page", "words_of")
