"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import hanse

WITHOUT_A_STORE = [
    module.name
    for module in pkgutil.walk_packages(hanse.__path__, "hanse.")
    if not module.name.startswith(("hanse.store", "hanse.actions", "hanse.cli.management", "hanse.web"))
    and not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", WITHOUT_A_STORE)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))

    assert failed == 0
