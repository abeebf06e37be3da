"""All components, in the order in which they take in what is new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .bird import BIRD
from .component import Component
from .firewall import FIREWALL
from .interfaces import INTERFACES
from .kernel_settings import KERNEL_SETTINGS

COMPONENTS: Final = (KERNEL_SETTINGS, FIREWALL, INTERFACES, BIRD)


def components_of(paths: Iterable[str]) -> list[Component]:
    """Return the components that own one of `paths`; a file that nobody owns is only put in its place."""
    listed = list(paths)
    return [component for component in COMPONENTS if any(component.owns(path) for path in listed)]
