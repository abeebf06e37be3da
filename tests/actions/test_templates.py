"""Templates of one's own."""

from dataclasses import replace

import pytest

from actions.small_city import ALICE, Town, network
from hanse.actions.planning import plan
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.actions.template_texts import export_text
from hanse.actions.templates import NotATemplate, drop_template, preview, save_template, template, template_list
from hanse.actions.wanted import export_network, import_network
from hanse.render.kinds import NotATemplateName
from hanse.render.text import TemplateBroken, template_text
from hanse.store import access
from hanse.store.models import AuditEntry
from hanse.store.snapshot import ChangedMeanwhile

pytestmark = pytest.mark.django_db(transaction=True)
BIRD = "bird2/bird.conf.j2"
MAIL = "mail/peering-request.j2"
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


def test_a_mail_of_ones_own_is_tried_on_an_example_before_it_is_taken(place: Town) -> None:
    (change,) = preview(MAIL, "Subject: Hello {{ request.theirs.name }}\n\nHi\n", person=OPERATOR, world=place.world)
    assert "+Subject: Hello Bob" in change.diff
    with pytest.raises(TemplateBroken, match="first line"):
        save_template(MAIL, "Hi\n", person=OPERATOR, world=place.world)

    save_template(MAIL, "Subject: Hello\n\nHi\n", person=OPERATOR, world=place.world)

    assert access.templates() == {MAIL: "Subject: Hello\n\nHi\n"}


def test_an_export_is_there_to_be_written_under_any_name(place: Town) -> None:
    one = template("export/new.j2", person=OPERATOR, world=place.world)

    assert (one.dialect, one.source, one.text) == ("export", "nowhere", "")
    with pytest.raises(NotATemplateName):
        template("export/../new.j2", person=OPERATOR, world=place.world)


def test_an_export_of_the_folder_is_listed_and_written(place: Town) -> None:
    world = replace(place.world, templates={"export/asn.j2": "AS{{ export.network.network.asn }}\n"})

    assert "export/asn.j2" in {one.name for one in template_list(person=OPERATOR, world=world)}
    assert export_text("asn", person=OPERATOR, world=world) == "AS64500\n"


def test_who_sees_a_part_of_the_network_only_exports_nothing(place: Town) -> None:
    carol = Person(
        who="carol", door="page", granted=(Granted(rights=frozenset({Right.VIEW}), sites=frozenset({"hall"})),)
    )

    with pytest.raises(NotAllowed):
        export_text("asn", person=carol, world=place.world)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ export | part_of('__class__') }}",
        "{{ export.routers | iterate('__class__.__mro__') }}",
        "{{ [export] | having(__class__='x') }}",
        "{{ export.routers.append(1) }}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_an_export_reaches_nothing_outside(place: Town, text: str) -> None:
    with pytest.raises(TemplateBroken):
        save_template("export/evil.j2", text, person=OPERATOR, world=place.world)
