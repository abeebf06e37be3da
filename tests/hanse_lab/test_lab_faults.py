"""The campaign's faults: which there are, how they are drawn, and how a router's state is read."""

from importlib.resources import files

import pytest

from hanse_lab.faults import variants
from hanse_lab.faults.catalogue import Kind, Variant, catalogue, drawn
from hanse_lab.faults.look import Look, Shown
from hanse_lab.faults.variants import TemplateHasChanged

TEMPLATES = {name: (files("hanse.render") / "templates" / name).read_text() for name in variants.TEMPLATES}


def look(*, in_files: bool, in_force: bool, serves: bool = True) -> Look:
    """Return a look at a router that shows the new marks, or not."""
    return Look(files=(), in_files=(in_files,) * 4, in_force=(in_force,) * 4, serves=serves)


def test_there_are_sixty_faults_and_more_all_different() -> None:
    found = catalogue()

    assert len(found) == len(set(found)) >= 60


def test_the_seed_alone_decides_the_draw() -> None:
    assert drawn(seed=1, count=20) == drawn(seed=1, count=20)
    assert drawn(seed=1, count=20) != drawn(seed=2, count=20)


def test_a_small_draw_has_every_kind() -> None:
    assert {fault.kind for fault in drawn(seed=3, count=len(Kind))} == set(Kind)


def test_a_large_draw_has_every_fault() -> None:
    assert set(drawn(seed=4, count=200)) == set(catalogue())
    assert len(drawn(seed=4, count=200)) == 200


@pytest.mark.parametrize("variant", Variant)
def test_every_variant_changes_all_four_templates(variant: Variant) -> None:
    new = variants.texts(TEMPLATES, variant)

    assert all(variants.MARK in text for text in new.values())


@pytest.mark.parametrize("variant", [variant for variant in Variant if variant is not Variant.GOOD])
def test_every_harmful_variant_differs_from_the_good_one_in_one_template(variant: Variant) -> None:
    good, bad = variants.texts(TEMPLATES, Variant.GOOD), variants.texts(TEMPLATES, variant)

    assert sum(good[name] != bad[name] for name in good) == 1


def test_a_template_that_lost_its_place_is_named() -> None:
    with pytest.raises(TemplateHasChanged, match=variants.NFTABLES):
        variants.texts({**TEMPLATES, variants.NFTABLES: ""}, Variant.GOOD)


def test_a_router_is_old_or_new_only_if_all_of_it_is() -> None:
    assert look(in_files=False, in_force=False).shown is Shown.OLD
    assert look(in_files=True, in_force=True).shown is Shown.NEW
    assert look(in_files=True, in_force=False).shown is Shown.MIXED


def test_a_router_that_does_not_serve_is_neither() -> None:
    assert look(in_files=False, in_force=False, serves=False).shown is Shown.MIXED
