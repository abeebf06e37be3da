"""What a browser may do with our answers: nothing that does not come from here."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

# Each directive with the reason for what it lets through beyond ourselves.
POLICY: Final[dict[str, tuple[str, ...]]] = {
    "default-src": ("'self'",),
    "img-src": ("'self'", "data:"),  # Tabler draws its check marks and arrows as data: images in its style sheet
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
}
OTHERS: Final = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def policy_text(more: dict[str, tuple[str, ...]]) -> str:
    """Return the policy as its header, with what the settings let through besides, by directive."""
    lines = (" ".join((name, *sources, *more.get(name, ()))) for name, sources in POLICY.items())
    return "; ".join(lines)


def keep_to_ourselves(answer: Answer) -> Answer:
    """Put the policy on every answer (middleware)."""
    policy = policy_text(settings.CONTENT_SECURITY_MORE)

    def answer_with_policy(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in OTHERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer_with_policy
