"""What is sent where a body must make sense before the door is asked; everywhere else nothing is sent."""

from typing import Any, Final

CORE1: Final = {"kind": "nodes", "name": "core1"}
MAIL: Final = {"name": "day", "means": "email", "target": "day@example.net"}
BODIES: Final[dict[str, Any]] = {
    "POST /account/new-token/": {"name": "new"},
    "POST /api/check/": {"files": {"x.yml": "sites: {hall: }"}},
    "POST /api/deploy/deployments/<int:number>/word/": {"word": "confirm"},
    "POST /api/drafts/": {"title": "more"},
    "PATCH /api/drafts/<int:number>/": {"title": "other"},
    "PUT /api/drafts/<int:number>/operations/": [CORE1 | {"body": None}],
    "DELETE /api/drafts/<int:number>/operations/": [CORE1],
    "PUT /api/drafts/<int:number>/files/": {"files": {"x.yml": "sites: {hall: }"}},
    "POST /api/drafts/<int:number>/rename/": CORE1 | {"new": "core9"},
    "POST /api/drafts/<int:number>/settle/": CORE1 | {"choice": "mine"},
    "POST /api/jobs/": {"kind": "poll", "device": "core1"},
    "POST /api/people/grants/": {"name": "more", "rights": ["view"]},
    "POST /api/people/groups/": {"name": "more"},
    "POST /api/people/tokens/": {"name": "new"},
    "POST /api/people/users/": {"username": "dora"},
    "POST /api/recipients/": MAIL,
    "PUT /api/secrets/<str:name>/": {"value": "another-secret"},
    "PUT /api/templates/<path:name>/": {"text": "# {{ spec.name }}\n"},
    "POST /api/templates/<path:name>/preview/": {"text": "# {{ spec.name }}\n"},
    "POST /deployments/undo/": {"rollout": "1", "node": "core1"},
    "POST /drafts/<int:number>/settle/": CORE1 | {"choice": "mine"},
    "POST /drafts/<int:number>/retitle/": {"title": "other"},
    "POST /drafts/new/": {"title": "more"},
    "POST /objects/<str:kind>/of/<str:name>/rename/": {"new": "core9"},
    "POST /secrets/set/": {"name": "radius", "value": "another-secret"},
    "POST /templates/save/<path:name>/": {"text": "# {{ spec.name }}\n", "deed": "save"},
}
