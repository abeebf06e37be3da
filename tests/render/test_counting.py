"""Lines of intent, and lines that follow from them."""

from hanse.derive.devices import device_specs
from hanse.render.counting import Count, Derived, count, lines_in
from hanse.render.text import render
from samples.borders import border_known, border_network
from samples.city import city, city_texts, city_with


def test_blank_lines_and_comments_do_not_count() -> None:
    assert lines_in("# ours\n\nnodes:\n  core1: {number: 1}   # the first\n    # a ring\n! frr\n") == 2


def test_what_is_written_is_counted_by_file_and_summed_up() -> None:
    counted = count({"b.yml": "one\ntwo\n", "a.yml": "# none\nthree\n"}, [])

    assert (dict(counted.intent), counted.written) == ({"a.yml": 1, "b.yml": 2}, 3)


def test_a_linux_router_is_counted_by_file_without_what_begins_one() -> None:
    spec = device_specs(city())["spur2"]
    text = render(spec)

    (derived,) = count({}, [spec]).derived

    assert derived.files == sum(line.startswith("#= ") for line in text.splitlines())
    assert derived.lines == lines_in(text)


def test_a_program_that_comes_along_is_no_configuration() -> None:
    asked = {"addresses": ["203.0.113.80"], "nodes": ["spur2"], "speaker": "exabgp"}
    spec = device_specs(city_with(anycasts={"portal": asked}))["spur2"]

    (derived,) = count({}, [spec]).derived

    assert derived.files == sum(line.startswith("#= ") for line in render(spec).splitlines()) - 1


def test_a_vendors_router_has_one_text() -> None:
    spec = device_specs(border_network("ios"), border_known())["transit"]

    (derived,) = count({}, [spec]).derived

    assert (derived.files, derived.dialect) == (1, "ios")
    assert derived.lines > 100


def test_a_router_for_which_nothing_is_written_is_left_out() -> None:
    mast = {"number": 100, "site": "dom", "platform": "antenna", "roles": ["antenna"]}
    management = {"management": {"address": "198.18.0.100/24"}}
    network = city_with(platforms={"antenna": {"driver": "ping"}}, nodes={"mast": mast | management})

    counted = count({}, device_specs(network).values())

    assert [router.node for router in counted.derived] == sorted(city().nodes)


def test_the_ratio_is_of_all_lines_that_follow_to_all_that_are_written() -> None:
    counted = Count(intent={"a": 2}, derived=(Derived(node="one", dialect="frr", files=1, lines=5),))

    assert counted.ratio == 2.5
    assert Count(intent={}, derived=()).ratio == 0


def test_the_small_city_follows_from_few_lines() -> None:
    counted = count(city_texts(), device_specs(city()).values())

    assert counted.ratio > 10
