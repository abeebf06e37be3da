"""Where a line of a text came from: the template, the line in it, and the object."""

import re

import pytest

from hanse.derive.devices import device_spec
from hanse.derive.spec import DeviceSpec
from hanse.render.dialects import DIALECTS
from hanse.render.explain import ExplainedLine, explain, object_of
from hanse.render.marking import END, INTO, PLACE
from hanse.render.text import render, template_text
from samples.city import city

BIRD = "bird2/bird.conf.j2"


def border() -> DeviceSpec:
    return device_spec(city(), "border1")


def in_bird(template: str) -> list[ExplainedLine]:
    """Return the lines that a template of one's own writes for border1."""
    return [line for line in explain(border(), {BIRD: template}) if line.template == BIRD]


def test_the_lines_are_those_of_the_text() -> None:
    lines = explain(border())

    assert "".join(f"{line.text}\n" for line in lines) == render(border())
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


def test_no_mark_is_left_in_what_is_rendered() -> None:
    explained = "".join(line.text for line in explain(border()))

    assert not re.search(f"[{PLACE}{INTO}{END}]", explained + render(border()))


@pytest.mark.parametrize("node", ["border1", "core1", "spur2"])
def test_a_line_that_stands_in_the_template_as_it_is_came_from_that_line(node: str) -> None:
    sources = {part.template: template_text(part.template).splitlines() for part in DIALECTS["bird2"]}

    placed = [line for line in explain(device_spec(city(), node)) if line.template]

    once = [line for line in placed if line.text.strip() and sources[line.template].count(line.text) == 1]
    plain = [line for line in once if "{{" not in sources[line.template][line.template_line - 1]]
    assert len(plain) > 40
    assert all(sources[line.template][line.template_line - 1] == line.text for line in plain)


def test_every_line_but_the_heads_of_files_has_a_place() -> None:
    lines = explain(border())

    assert [line.text for line in lines if not line.template] == [
        line.text for line in lines if line.text.startswith("#= ")
    ]


def test_a_line_is_about_the_innermost_object_that_it_speaks_of() -> None:
    found = in_bird(
        "top\n{% for session in spec.bgp.external[:1] %}\n{{ session.name }}\n"
        "{% for interface in spec.interfaces[:1] %}\n{{ interface.name }}\n{% endfor %}\nlast\n{% endfor %}\nend\n"
    )

    spec = border()
    session, interface = spec.bgp.external[0], spec.interfaces[0]
    assert [(line.text, line.template_line, line.why) for line in found] == [
        ("top", 1, ""),
        (session.name, 3, session.why),
        (interface.name, 5, interface.why),
        ("last", 7, session.why),
        ("end", 9, ""),
    ]


def test_a_macro_speaks_of_what_it_is_given() -> None:
    found = in_bird("{% macro told(one) %}\n{{ one.name }}\nmore\n{% endmacro %}\n{{ told(spec.interfaces[0]) }}\n")

    why = border().interfaces[0].why
    assert [(line.template_line, line.why) for line in found[:2]] == [(2, why), (3, why)]


def test_a_word_that_a_macro_makes_is_compared_as_without_marks() -> None:
    found = in_bird(
        "{% macro word() -%}\nx\n{%- endmacro %}\n{% if word() == 'x' %}\nsame\n{% else %}\nother\n{% endif %}\n"
    )

    assert [(line.text, line.template_line) for line in found] == [("same", 5)]


def test_where_a_template_looks_at_what_it_wrote_lines_are_matched() -> None:
    found = explain(
        border(),
        {BIRD: "{% set text %}\none\ntwo\n{% endset %}\nhead\n{{ text | length }}\n{{ text | upper }}\ntail\n"},
    )

    bird = {line.text: line for line in found if line.path == "/etc/bird/bird.conf"}
    assert (bird["head"].template_line, bird["tail"].template_line) == (5, 8)
    assert bird["8"].template == ""


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("sessions.pix-alme.addresses.0", "sessions", "pix-alme"),
        ("nodes.core1.roles", "nodes", "core1"),
        ("nodes.nobody.roles", "nodes", "nobody"),
    ],
)
def test_a_path_leads_into_an_object(path: str, kind: str, name: str) -> None:
    assert object_of(path, city()) == (kind, name)


@pytest.mark.parametrize("overrides", [{}, {BIRD: "{# nothing #}"}])
def test_a_text_that_is_nothing_is_explained_as_nothing(overrides: dict[str, str]) -> None:
    lines = explain(border(), overrides)

    assert "".join(f"{line.text}\n" for line in lines) == render(border(), overrides)
