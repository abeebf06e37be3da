"""The addresses of people and of what gets into routers: secrets, host keys, templates."""

from typing import Final

from django.urls import path

from hanse.web.api import grants, host_keys, secrets, templates_of_routers, tokens, tunnel_keys, users
from hanse.web.api.addresses import Patterns, said
from hanse.web.api.lists import listed, shown
from hanse.web.api.operations import endpoint

PEOPLE: Final[Patterns] = [
    path(
        "people/grants/",
        endpoint("people", "grants", GET=grants.grants_listed(), POST=grants.grant_put(is_new=True)),
        name="api-grants",
    ),
    path(
        "people/grants/<int:number>/",
        endpoint(
            "people",
            "grants_one",
            GET=grants.grant_shown(),
            PUT=grants.grant_put(is_new=False),
            DELETE=grants.grant_removed(),
        ),
        name="api-grant",
    ),
    path(
        "people/groups/",
        endpoint("people", "groups", GET=grants.groups_listed(), POST=grants.group_put(is_new=True)),
        name="api-groups",
    ),
    path(
        "people/groups/<int:number>/",
        endpoint(
            "people",
            "groups_one",
            GET=grants.group_shown(),
            PUT=grants.group_put(is_new=False),
            DELETE=grants.group_removed(),
        ),
        name="api-group",
    ),
    path(
        "people/tokens/",
        endpoint("people", "tokens", GET=tokens.tokens_listed(), POST=tokens.token_made()),
        name="api-tokens",
    ),
    path(
        "people/tokens/<str:key>/",
        endpoint("people", "tokens_one", GET=tokens.token_shown(), DELETE=tokens.token_revoked()),
        name="api-token",
    ),
    path(
        "people/users/",
        endpoint("people", "users", GET=users.users_listed(), POST=users.user_added()),
        name="api-users",
    ),
    path(
        "people/users/<int:number>/",
        endpoint(
            "people", "users_one", GET=users.user_shown(), PATCH=users.user_changed(), DELETE=users.user_removed()
        ),
        name="api-user",
    ),
    path(
        "people/users/<int:number>/forget-second-factor/",
        said("user_forget_second_factor", users.second_factor_forgotten(), "people"),
        name="api-user-second-factor",
    ),
    path(
        "people/users/<int:number>/password/",
        said("user_password", users.password_set(), "people"),
        name="api-user-password",
    ),
]
WAYS_IN: Final[Patterns] = [
    path(
        "host-keys/",
        endpoint("ways in", "host_keys", GET=listed(host_keys.HOST_KEYS, "List pinned host keys")),
        name="api-host-keys",
    ),
    path(
        "host-keys/<int:number>/",
        endpoint("ways in", "host_keys_one", GET=shown(host_keys.HOST_KEYS, "Show one pinned host key")),
        name="api-host-key",
    ),
    path("secrets/", endpoint("ways in", "secrets", GET=secrets.secrets_listed()), name="api-secrets"),
    path(
        "secrets/<str:name>/",
        endpoint(
            "ways in",
            "secrets_one",
            GET=secrets.secret_shown(),
            PUT=secrets.secret_set(),
            DELETE=secrets.secret_removed(),
        ),
        name="api-secret",
    ),
    path(
        "secrets/<str:name>/reveal/",
        said("secret_reveal", secrets.secret_revealed(), "ways in"),
        name="api-secret-reveal",
    ),
    path(
        "tunnel-keys/",
        endpoint("ways in", "tunnel_keys", GET=tunnel_keys.tunnel_keys_listed()),
        name="api-tunnel-keys",
    ),
    path(
        "tunnel-keys/<str:name>/rotate/",
        said("tunnel_keys_rotate", tunnel_keys.tunnel_keys_rotated(), "ways in"),
        name="api-tunnel-keys-rotate",
    ),
    path(
        "templates/",
        endpoint("templates", "templates", GET=templates_of_routers.templates_listed()),
        name="api-templates",
    ),
    path(
        "templates/exports/<str:export>/",
        endpoint("templates", "template_exports_one", GET=templates_of_routers.export_written()),
        name="api-template-export",
    ),
    path(
        "templates/reference/",
        endpoint("templates", "template_reference", GET=templates_of_routers.reference_given()),
        name="api-template-reference",
    ),
    path(
        "templates/<path:name>/preview/",
        said("template_preview", templates_of_routers.template_previewed(), "templates"),
        name="api-template-preview",
    ),
    path(
        "templates/<path:name>/",
        endpoint(
            "templates",
            "templates_one",
            GET=templates_of_routers.template_shown(),
            PUT=templates_of_routers.template_saved(),
            DELETE=templates_of_routers.template_dropped(),
        ),
        name="api-template",
    ),
]
