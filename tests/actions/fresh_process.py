"""A process of its own on the test's database, that can be killed like a worker."""

import importlib
import multiprocessing
from multiprocessing.process import BaseProcess

import django
from django.db import connections


def begin(module: str, *arguments: str) -> BaseProcess:
    """Start a process that calls `main` of a module with `arguments`, on the database of the running test."""
    database = str(connections["default"].settings_dict["NAME"])
    process = multiprocessing.get_context("spawn").Process(target=_main, args=(database, module, *arguments))
    process.start()
    return process


def _main(database: str, module: str, *arguments: str) -> None:
    django.setup()
    connections["default"].settings_dict["NAME"] = database
    importlib.import_module(module).main(*arguments)
