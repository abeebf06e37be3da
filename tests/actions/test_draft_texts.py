"""What a router's text becomes by a draft, where a platform has no words for it."""

from dataclasses import replace

from hanse.actions.draft_texts import BothSides
from samples.borders import border_specs


def test_what_a_platform_has_no_words_for_is_said_at_the_router() -> None:
    before = border_specs("junos")["peering"]
    first, *others = before.bgp.external
    guarded = replace(before.bgp, external=(replace(first, ttl_security=1), *others))
    sides = BothSides(before=before, after=replace(before, bgp=guarded), templates=({}, {}))

    change = sides.change("peering")

    assert change.error.startswith(f"{first.why}: Junos drops packets from afar")
    assert not change.diff
