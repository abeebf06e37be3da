"""Templates of one's own."""

import pytest

from actions.small_city import ALICE, Town, network
from hanse.actions.planning import plan
from hanse.actions.rights import operator
from hanse.actions.templates import NotATemplate, drop_template, save_template
from hanse.actions.wanted import export_network, import_network
from hanse.render.text import TemplateBroken, template_text
from hanse.store import access
from hanse.store.models import AuditEntry
from hanse.store.snapshot import ChangedMeanwhile

pytestmark = pytest.mark.django_db(transaction=True)
BIRD = "bird2/bird.conf.j2"
OPERATOR = operator("alice")


def test_a_template_of_ones_own_stands_in_for_ours(place: Town) -> None:
    text = template_text(BIRD) + "# ours for {{ spec.name }}\n"

    save_template(BIRD, text, person=OPERATOR, world=place.world)

    assert "# ours for alpha\n" in plan(world=place.world).plan.devices[0].text
    assert AuditEntry.objects.filter(kind="template").count() == 1


def test_a_template_that_fails_on_a_router_is_not_taken(place: Town) -> None:
    with pytest.raises(TemplateBroken):
        save_template(BIRD, "{{ spec.nothing }}\n", person=OPERATOR, world=place.world)

    assert access.templates() == {}
    assert not AuditEntry.objects.filter(kind="template").exists()


def test_a_template_that_hanse_does_not_know_is_refused(place: Town) -> None:
    with pytest.raises(NotATemplate, match="did you mean bird2"):
        save_template("bird2/bird.con.j2", "", person=OPERATOR, world=place.world)


def test_our_own_template_holds_again(place: Town) -> None:
    save_template(BIRD, template_text(BIRD) + "# x\n", person=OPERATOR, world=place.world)

    drop_template(BIRD, person=OPERATOR, world=place.world)

    assert access.templates() == {}
    with pytest.raises(NotATemplate):
        drop_template(BIRD, person=OPERATOR, world=place.world)


def test_templates_come_and_go_with_the_files(place: Town) -> None:
    import_network(network=network(), templates={BIRD: "one\n"}, author=ALICE, clock=place.clock)
    assert export_network()[f"templates/{BIRD}"] == "one\n"

    import_network(network=network(), templates=None, author=ALICE, clock=place.clock)
    assert access.templates() == {BIRD: "one\n"}

    import_network(network=network(), templates={}, author=ALICE, clock=place.clock)
    assert access.templates() == {}


def test_a_template_is_written_only_over_what_its_writer_saw(place: Town) -> None:
    save_template(BIRD, template_text(BIRD) + "# theirs\n", person=OPERATOR, world=place.world)

    for seen in (None, "what stood there before\n"):
        with pytest.raises(ChangedMeanwhile):
            access.write_template(BIRD, before=seen, after="mine\n", at=place.clock.now())

    assert access.templates()[BIRD].endswith("# theirs\n")
