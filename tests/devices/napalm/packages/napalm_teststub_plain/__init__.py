"""A third party's driver package whose driver has no commit timer."""

from napalm_teststub_plain.driver import PlainDriver

__all__ = ("PlainDriver",)
