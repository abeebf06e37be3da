"""The real dialects' texts through NAPALM's own drivers to local routers: installed, changed, and taken back."""

from dataclasses import replace
from typing import Final

from devices.vendor.vendor_routers import Local
from hanse.render.text import render
from samples.borders import border_specs

SECRETS: Final = {"alme": "Strandkorb-7", "west": "Leuchtturm-8", "vrf.global": "Nordsee-9"}


def test_a_borders_sessions_come_and_go_and_what_was_made_by_hand_stays(router: Local) -> None:
    spec = border_specs(router.kind)["peering"]
    every = render(spec)
    fewer = render(replace(spec, bgp=replace(spec.bgp, external=spec.bgp.external[:2])))

    for number, text in enumerate((every, fewer, every)):
        with router.open(secrets=SECRETS) as driver:
            staged = driver.stage(f"city-{number}", text)
            assert staged.diff
            assert not any(secret in staged.diff for secret in SECRETS.values())
            driver.commit(f"city-{number}", undo_after=None)

        with router.open(secrets=SECRETS) as another:
            assert another.running(text) == text
            assert another.stage("again", text).diff == ""

    assert "198.51.100.9" in str(router.store.running)


def test_a_secret_that_gets_another_value_is_one_change(router: Local) -> None:
    text = render(border_specs(router.kind)["peering"])
    with router.open(secrets=SECRETS) as driver:
        driver.stage("city-1", text)
        driver.commit("city-1", undo_after=None)

    with router.open(secrets={**SECRETS, "alme": "Sandburg-1"}) as driver:
        diff = driver.stage("city-2", text).diff

    changed = [line for line in diff.splitlines() if line[:1] in "+-" and ("password" in line or "key" in line)]
    assert changed
    assert "Sandburg-1" not in diff
    assert "Strandkorb-7" not in diff
    assert "$9$" not in diff
