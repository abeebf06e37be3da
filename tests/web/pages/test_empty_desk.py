"""A desk on which nothing lies yet says what to do first."""

import pytest
from django.test import Client

from hanse.store.models import User


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/map/", "/topology/", "/routers/", "/sessions/", "/links/"])
def test_an_empty_desk_says_what_to_do_first(client: Client, address: str) -> None:
    client.force_login(User.objects.create_superuser("alice", "alice@example.net", "not-used-here-1"))

    page = client.get(address)

    assert page.status_code == 200
    assert "hanse import DIR" in page.content.decode()
