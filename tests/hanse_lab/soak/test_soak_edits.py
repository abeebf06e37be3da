import pytest

from hanse_lab.soak.edits import DoesNotFit, Edit, Tree, edited, fits, put, put_below, removed, toggled

NETWORK: Tree = {
    "network": {"name": "small", "asn": 64500},
    "links": {"one": {"number": 0, "cost": 5}, "two": {"number": 1}},
    "nodes": {"core1": {"number": 1, "ports": {"eth0": {}, "eth1": {"mtu": 1600}}}},
}


def edit_of(*changes: object) -> Edit:
    return Edit(kind="any", what="something", changes=tuple(changes))  # type: ignore[arg-type]  # changes, all of them


def test_an_edit_changes_its_objects_and_nothing_else() -> None:
    after = edited(NETWORK, edit_of(put(NETWORK, "links", "two", cost=7)))

    assert after["links"] == {"one": {"number": 0, "cost": 5}, "two": {"number": 1, "cost": 7}}
    assert after["nodes"] == NETWORK["nodes"]
    assert NETWORK["links"]["two"] == {"number": 1}


def test_undoing_an_edit_brings_the_network_back() -> None:
    edit = edit_of(
        put(NETWORK, "links", "one", cost=None),
        removed(NETWORK, "links", "two"),
        put(NETWORK, "tags", "new", description="a tag"),
        put(NETWORK, "network", "", firewall="closed"),
    )

    assert edited(edited(NETWORK, edit), edit.back) == NETWORK
    assert edit.back.undoes


def test_a_kind_without_objects_is_gone() -> None:
    after = edited(NETWORK, edit_of(removed(NETWORK, "links", "one"), removed(NETWORK, "links", "two")))

    assert "links" not in after


def test_an_edit_does_not_fit_once_its_objects_have_changed() -> None:
    edit = edit_of(put(NETWORK, "links", "one", cost=9))
    later = edited(NETWORK, edit_of(put(NETWORK, "links", "one", cost=8)))

    assert not fits(later, edit)
    with pytest.raises(DoesNotFit, match="something"):
        edited(later, edit)


def test_a_nested_row_is_put_and_removed() -> None:
    more = put_below(NETWORK, "nodes", "core1", "ports", "eth2", {"mtu": 1400})
    fewer = put_below(NETWORK, "nodes", "core1", "ports", "eth0", None)

    assert more.after == {"number": 1, "ports": {"eth0": {}, "eth1": {"mtu": 1600}, "eth2": {"mtu": 1400}}}
    assert fewer.after == {"number": 1, "ports": {"eth1": {"mtu": 1600}}}


def test_a_name_is_toggled_in_a_list() -> None:
    assert toggled(("a", "b"), "a") == ["b"]
    assert toggled(("a",), "b") == ["a", "b"]
