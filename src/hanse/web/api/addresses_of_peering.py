"""The addresses of the peering desk."""

from typing import Final

from django.urls import path

from hanse.actions.peering import requests
from hanse.web.api import peering, peering_requests
from hanse.web.api.addresses import Patterns, said
from hanse.web.api.lists import listed, shown
from hanse.web.api.operations import endpoint
from hanse.web.api.peering_requests import REQUESTS

PEERING: Final[Patterns] = [
    path("peering/contacts/", said("public_contact_taken", peering.contact_taken(), "peering"), name="api-contacts"),
    path(
        "peering/differences/",
        endpoint("peering", "peering_differences", GET=peering.differences_listed()),
        name="api-peering-differences",
    ),
    path(
        "peering/exchanges/<str:exchange>/peers/",
        endpoint("peering", "possible_peers", GET=peering.peers_listed(), POST=peering.peers_added()),
        name="api-possible-peers",
    ),
    path(
        "peering/hidden/",
        endpoint(
            "peering",
            "hidden_peers",
            GET=peering.hidden_listed(),
            POST=peering.hidden_added(),
            DELETE=peering.hidden_removed(),
        ),
        name="api-hidden-peers",
    ),
    path("peering/notes/", said("network_noted", peering.noted(), "peering"), name="api-notes"),
    path(
        "peering/requests/",
        endpoint(
            "peering",
            "peering_requests",
            GET=listed(REQUESTS, "List peering requests"),
            POST=peering_requests.written(),
        ),
        name="api-peering-requests",
    ),
    path(
        "peering/requests/<int:number>/",
        endpoint(
            "peering",
            "peering_requests_one",
            GET=shown(REQUESTS, "Show one peering request"),
            PATCH=peering_requests.reworded(),
        ),
        name="api-peering-request",
    ),
    path(
        "peering/requests/<int:number>/accept/",
        said("peering_request_accept", peering_requests.accepted(), "peering"),
        name="api-peering-request-accept",
    ),
    path(
        "peering/requests/<int:number>/decline/",
        said(
            "peering_request_decline",
            peering_requests.moved(requests.decline_request, "Say that they do not want to peer"),
            "peering",
        ),
        name="api-peering-request-decline",
    ),
    path(
        "peering/requests/<int:number>/send/",
        said(
            "peering_request_send",
            peering_requests.moved(requests.send_request, "Send a peering request"),
            "peering",
        ),
        name="api-peering-request-send",
    ),
    path(
        "peering/requests/<int:number>/withdraw/",
        said(
            "peering_request_withdraw",
            peering_requests.moved(requests.withdraw_request, "Throw a peering request away that was not sent"),
            "peering",
        ),
        name="api-peering-request-withdraw",
    ),
]
