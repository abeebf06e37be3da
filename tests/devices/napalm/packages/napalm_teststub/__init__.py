"""A third party's driver package: NAPALM takes the first driver class that it finds here."""

from napalm_teststub.driver import ROUTERS, Router, TestStubDriver

__all__ = ("ROUTERS", "Router", "TestStubDriver")
