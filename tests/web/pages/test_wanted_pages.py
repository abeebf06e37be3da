"""Pages on which what is wanted is changed: from an object's form over its draft to a change set, and back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from actions.small_city import ALICE, EVERY_KIND, FILE, Town, network
from fakes.clock import FakeClock
from hanse.actions.drafts import save_now
from hanse.actions.rights import operator
from hanse.actions.wanted import import_network
from hanse.network.wanted.edits import ALL_KINDS, Edit
from hanse.store import snapshot
from hanse.store.models import ChangeSet, Draft, User
from web.browsers import browser_of

pytestmark = pytest.mark.django_db(transaction=True)
FIBRE = {"name": "fibre", "medium": "fibre", "cost": "20", "mtu": "1500", "hello": "10"}
DORA = operator("dora", "page")


@pytest.fixture
def alice(place: Town, alice: Client) -> Client:
    """Alice, before the town."""
    return alice


@pytest.fixture
def bob(place: Town, bob: Client) -> Client:
    """Bob, before the town."""
    return bob


def page(client: Client, name: str, /, *arguments: object, **words: str) -> str:
    answer = client.get(reverse(name, args=arguments), words)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def post(client: Client, name: str, /, *arguments: object, **words: object) -> HttpResponse:
    return client.post(reverse(name, args=arguments), words)  # type: ignore[return-value]


def latest() -> Draft:
    return Draft.objects.latest("pk")


def test_an_edit_goes_by_form_and_draft_to_a_change_set_and_back(alice: Client) -> None:
    edited = post(alice, "object", "link_classes", "fibre", **FIBRE)
    shown = page(alice, "draft", latest().pk)
    taken = post(alice, "draft-take", latest().pk)
    cost = snapshot.load().link_classes["fibre"].cost
    back = post(alice, "change-set-undo", ChangeSet.objects.latest("pk").pk)
    post(alice, "draft-take", latest().pk)

    assert edited.headers["Location"] == f"/drafts/{Draft.objects.earliest('pk').pk}/"
    assert "<strong>alpha</strong>" in shown
    assert "cost" in shown
    assert taken.status_code == back.status_code == 302
    assert (cost, snapshot.load().link_classes["fibre"].cost) == (20, 10)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_kind_has_its_list_its_forms_and_its_yaml(alice: Client, kind: str) -> None:
    import_network(network=network(EVERY_KIND), author=ALICE, clock=FakeClock())
    tree = snapshot.stored_tree()
    name = "-" if kind == "network" else str(next(iter(tree[kind])))

    assert alice.get(reverse("object-list", args=[kind])).status_code in {200, 302}
    assert 'id="object-form"' in page(alice, "object", kind, name)
    assert "<textarea" in page(alice, "object-yaml", kind, name)
    assert alice.get(reverse("object-new", args=[kind])).status_code in {200, 302}
    assert alice.get(reverse("object-bulk", args=[kind])).status_code == 200


def test_what_cannot_be_read_is_told_at_its_input(alice: Client) -> None:
    answer = post(alice, "object", "link_classes", "fibre", **FIBRE | {"cost": "0"})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'name="cost"[^>]*aria-invalid="true"', said)
    assert "0 is too small: at least 1" in said
    assert not Draft.objects.exists()


def test_what_contradicts_is_in_the_draft_and_told_at_its_input(alice: Client) -> None:
    answer = post(
        alice,
        "object",
        "links",
        "middle",
        **{"number": "0", "link_class": "silk", "ends-0": "alpha:to-beta", "ends-1": "beta:nowhere"},
    )

    said = alice.get(answer.headers["Location"]).content.decode()
    assert answer.headers["Location"] == f"/objects/links/of/middle/?draft={latest().pk}"
    assert "there is no link class &#x27;silk&#x27;" in said
    assert re.search(r'name="ends-1"[^>]*aria-invalid="true"', said)
    assert "Mend it" in page(alice, "draft", latest().pk)


def test_rows_are_added_and_removed_without_a_script(alice: Client) -> None:
    form = {"name": "", "number": "3", "ports-row": ["0"], "ports-0-name": "eth0"}

    more = post(alice, "object-new", "nodes", **form, **{"add-row": "ports"}).content.decode()
    less = post(alice, "object-new", "nodes", **form, **{"remove-row": "ports-0"}).content.decode()

    assert 'name="ports-1-name"' in more
    assert 'value="eth0"' in more
    assert 'name="ports-0-name"' not in less
    assert 'value="3"' in less


def test_a_new_object_needs_a_name_that_is_free(alice: Client) -> None:
    nameless = post(alice, "object-new", "sites", name="", region="north")
    taken = post(alice, "object-new", "sites", name="hall")
    fine = post(alice, "object-new", "sites", name="yard")

    assert re.search(r'name="name"[^>]*aria-invalid="true"', nameless.content.decode())
    assert "hall is there already" in taken.content.decode()
    assert fine.headers["Location"] == f"/drafts/{latest().pk}/"


def test_a_clone_begins_like_the_other(alice: Client) -> None:
    shown = page(alice, "object-new", "nodes", like="alpha")

    assert 'value="198.18.0.1/24"' in shown
    assert re.search(r'name="name"(?![^>]*value="alpha")', shown)


def test_edits_gather_in_the_chosen_draft(alice: Client) -> None:
    post(alice, "draft-new", title="Night work")
    number = str(latest().pk)

    post(alice, "object-new", "sites", name="yard", draft=number)
    post(alice, "object", "link_classes", "fibre", **FIBRE, draft=number)
    shown = page(alice, "object", "link_classes", "fibre", draft=number)

    assert Draft.objects.count() == 1
    assert latest().operations.count() == 2
    assert 'value="20"' in shown
    assert "Night work" in shown


def test_the_same_object_as_yaml(alice: Client) -> None:
    bad = post(alice, "object-yaml", "link_classes", "fibre", text="medium: fibre\nkost: 7\n")
    broken = post(alice, "object-yaml", "link_classes", "fibre", text="medium: [")
    post(alice, "object-yaml", "link_classes", "fibre", text="medium: fibre\ncost: 7\n")

    assert "did you mean cost?" in bad.content.decode()
    assert broken.status_code == 422
    assert latest().operations.get().after == {"medium": "fibre", "cost": 7}


def test_removing_and_renaming_are_drafts_too(alice: Client) -> None:
    post(alice, "object-remove", "sessions", "bob")
    removal = latest()
    post(alice, "object-rename", "nodes", "alpha", new="omega")

    assert removal.operations.get().after is None
    assert {(one.kind, one.name) for one in latest().operations.all()} == {
        ("nodes", "alpha"),
        ("nodes", "omega"),
        ("links", "middle"),
        ("connections", "pix"),
    }
    assert "No router" not in page(alice, "draft", latest().pk)


def test_many_objects_get_the_same_field(alice: Client) -> None:
    offered = page(alice, "object-bulk", "nodes", name="alpha")
    post(alice, "object-bulk", "nodes", names="alpha\nbeta", set="status", status="maintenance")
    many = latest()
    nothing = post(alice, "object-bulk", "nodes", names="alpha gamma", set="status", status="active")
    post(alice, "object-bulk", "sessions", names="bob", deed="remove")

    assert "alpha" in offered
    assert {one.name: (one.after or {})["status"] for one in many.operations.all()} == {
        "alpha": "maintenance",
        "beta": "maintenance",
    }
    assert "nodes.gamma: this is not there" in nothing.content.decode()
    assert latest().operations.get().after is None


def test_files_become_a_draft(alice: Client) -> None:
    part = SimpleUploadedFile("more.yml", b"sites: {yard: {region: north}}\n")
    post(alice, "object-files", files=part, extent="part", title="More")
    small = latest()
    whole = SimpleUploadedFile("town.yml", FILE.replace("sites: {hall: }", "sites: {hall: , barn: }").encode())
    post(alice, "object-files", files=whole, extent="whole")
    wrong = post(alice, "object-files", text="sites: {two words: }\nnodse: {}\n", extent="part")

    assert [(one.name, one.after) for one in small.operations.all()] == [("yard", {"region": "north"})]
    assert [(one.kind, one.name) for one in latest().operations.all()] == [("sites", "barn")]
    assert "pasted:1" in wrong.content.decode()
    assert "did you mean nodes?" in wrong.content.decode()


def test_a_draft_goes_out_as_a_file_that_comes_in_again(alice: Client) -> None:
    post(alice, "object", "link_classes", "fibre", **FIBRE)
    text = page(alice, "draft-file", latest().pk)
    before = latest()

    post(alice, "object-files", text=text, extent="part")

    assert latest().pk != before.pk
    assert latest().operations.get().after == before.operations.get().after


def test_both_sides_of_a_conflict_are_shown_and_settled(alice: Client, place: Town) -> None:
    post(alice, "object", "link_classes", "fibre", **FIBRE)
    theirs = Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 10, "hello": 5})
    save_now(edits=[theirs], person=DORA, world=place.world)

    shown = page(alice, "draft", latest().pk)
    mine = Draft.objects.get(who="alice").pk
    shown = page(alice, "draft", mine)
    refused = alice.post(reverse("draft-take", args=[mine]), follow=True).content.decode()
    post(alice, "draft-settle", mine, kind="link_classes", name="fibre", choice="both")
    post(alice, "draft-take", mine)

    assert "Both: different fields were changed" in shown
    assert "changed by somebody else since" in refused
    found = snapshot.load().link_classes["fibre"]
    assert (found.cost, found.hello) == (20, 5)


def test_a_draft_is_called_withdrawn_opened_and_emptied(alice: Client) -> None:
    post(alice, "object-remove", "sessions", "bob")
    number = latest().pk

    post(alice, "draft-retitle", number, title="Farewell")
    post(alice, "draft-withdraw", number)
    withdrawn = page(alice, "draft", number)
    post(alice, "draft-reopen", number)
    post(alice, "draft-drop", number, kind="sessions", name="bob")

    assert "Open again" in withdrawn
    assert latest().title == "Farewell"
    assert "Nothing in it yet" in page(alice, "draft", number)


def test_names_are_offered_while_somebody_writes(alice: Client, bob: Client) -> None:
    found = page(alice, "object-names", "ends", **{"ends-0": "to-"})

    assert re.findall('value="([^"]+)"', found) == ["alpha:to-beta", "beta:to-alpha"]
    assert "option" not in page(bob, "object-names", "secrets")


def test_who_may_only_look_is_shown_no_button_and_refused(bob: Client, alice: Client) -> None:
    post(alice, "object", "link_classes", "fibre", **FIBRE)

    form, shown = page(bob, "object", "link_classes", "fibre"), page(bob, "draft", latest().pk)

    assert "Into which draft" not in form
    assert "Take" not in re.sub("Taken", "", shown)
    assert post(bob, "object", "link_classes", "fibre", **FIBRE).status_code == 403
    assert post(bob, "draft-take", latest().pk).status_code == 403
    assert bob.get(reverse("object-files")).status_code == 403


def test_what_is_not_there_is_not_found(alice: Client) -> None:
    assert alice.get("/objects/sites/of/nowhere/").status_code == 404
    assert alice.get("/objects/houses/").status_code == 404
    assert alice.get("/drafts/999/").status_code in {404, 422}


def test_lists_of_drafts_and_change_sets_name_them(alice: Client) -> None:
    post(alice, "object", "link_classes", "fibre", **FIBRE)
    post(alice, "draft-take", latest().pk)

    assert "Untitled" in page(alice, "drafts")
    assert "change link_classes.fibre" in page(alice, "change-sets")
    assert "import" in page(alice, "change-sets")
    assert "5" in page(alice, "objects")


def test_a_network_begins_with_the_form_of_what_is_general() -> None:
    client = browser_of(User.objects.create_superuser("alice"))

    empty = page(client, "object", "network", "-")
    post(client, "object", "network", "-", name="town", asn="64500")
    post(client, "draft-take", latest().pk)

    assert 'name="asn"' in empty
    assert snapshot.load().network.asn.number == 64500
