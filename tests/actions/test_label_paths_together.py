"""The routers of a label path change together: until all know it, packets with its labels are lost."""

from dataclasses import replace
from difflib import unified_diff

import pytest

from fakes.deploying import reviewed, router_called
from hanse.actions.planning import joints_of
from hanse.deploy.plan import DevicePlan
from hanse.deploy.together import groups
from hanse.derive.devices import device_specs
from hanse.network.wanted.network import Network
from hanse.render.text import render
from samples.labels import labels_network, labels_with

WITH = labels_network()
WITHOUT = labels_with("label_paths", round=None)
# Of the same routers, all with one dialect.
ON_FRR, WITHOUT_ON_FRR = (
    replace(one, platforms=dict.fromkeys(WITH.platforms, WITH.platforms["free"])) for one in (WITH, WITHOUT)
)


def changed(before: Network, after: Network) -> tuple[DevicePlan, ...]:
    """Return the parts of a plan: the routers whose text differs."""
    old, new = ({name: render(spec) for name, spec in device_specs(network).items()} for network in (before, after))
    return tuple(
        replace(reviewed(router_called(name)), before_text=old[name], diff=diff)
        for name in sorted(new)
        if (diff := "\n".join(unified_diff(old[name].splitlines(), new[name].splitlines(), lineterm="")))
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [(WITHOUT, WITH), (WITH, WITHOUT), (WITHOUT_ON_FRR, ON_FRR), (ON_FRR, WITHOUT_ON_FRR)],
    ids=["made, both dialects", "removed, both dialects", "made, FRR", "removed, FRR"],
)
def test_a_path_is_made_and_removed_on_all_its_routers_at_once(before: Network, after: Network) -> None:
    (together,) = groups(changed(before, after), joints_of(after))

    assert [one.node for one in together] == ["core", "east", "south", "west"]
