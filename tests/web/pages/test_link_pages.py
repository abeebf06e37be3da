"""The page of a link, the list of cables, and the page of names."""

import pytest
from django.test import Client

from web.conftest import Office
from web.five_people import client_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(office: Office) -> Client:
    """Return the client of somebody who may only look."""
    return client_in(office.sessions["reader"])


def text(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_radio_link_says_how_far_it_goes_and_what_it_loses(bob: Client) -> None:
    page = text(bob, "/links/radio-dom-nordturm/")

    for fact in ("2,882 m", "2.1° from dom, 182.1° from nordturm", "116.4 dB", "6.3 m around", "300 Mbit/s"):
        assert fact in page
    assert "Cabling" not in page


def test_a_fibre_says_how_it_is_cabled_and_nothing_of_radio(bob: Client) -> None:
    page = text(bob, "/links/ring-dom-uni/")

    assert "as wanted" in page
    assert "core2.city.example:ring1" in page
    assert "Fresnel" not in page


def test_a_link_that_nobody_wants_is_not_found(bob: Client) -> None:
    assert bob.get("/links/nowhere/").status_code == 404


def test_the_list_of_links_leads_to_each(bob: Client) -> None:
    assert 'href="/links/ring-dom-uni/"' in text(bob, "/links/", **{"HX-Target": "rows"})


def test_cables_are_found_by_how_they_stand(bob: Client) -> None:
    wanted = text(bob, "/cabling/?cabled=as+wanted", **{"HX-Target": "rows"})
    missing = text(bob, "/cabling/?cabled=missing", **{"HX-Target": "rows"})

    assert "ring-dom-uni" in wanted
    assert "ring-dom-uni" not in missing


def test_the_page_of_a_router_says_how_it_is_cabled(bob: Client) -> None:
    page = text(bob, "/routers/core2/", **{"HX-Target": "standing"})

    assert 'id="cabling"' in page
    assert "core1:ring0" in page


def test_names_have_a_page_with_every_zone(bob: Client) -> None:
    page = text(bob, "/names/")

    for zone in ("city.example", "8.20.10.in-addr.arpa", "0.5.0.8.b.d.0.1.0.0.2.ip6.arpa"):
        assert f'href="/names/{zone}/"' in page


def test_a_zone_is_saved_as_a_file(bob: Client) -> None:
    answer = bob.get("/names/city.example/")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="city.example.zone"'
    assert answer.content.decode().startswith("; city.example: written by Hanse")


def test_a_zone_that_is_none_is_not_found(bob: Client) -> None:
    assert bob.get("/names/example.org/").status_code == 404


def test_a_wide_line_of_the_map_carries_more(bob: Client) -> None:
    page = text(bob, "/map/", **{"HX-Target": "drawing"})

    assert "medium-radio width-0" in page
    assert "medium-fibre width-2" in page
    assert "radio-dom-nordturm (radio, 300 Mbit/s): up" in page
    assert "ring-dom-uni (fibre, 10 Gbit/s): up" in page
