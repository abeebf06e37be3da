"""The same router behind a driver without a commit timer: its commit takes no time, it confirms nothing."""

from napalm.base import NetworkDriver
from napalm_teststub import TestStubDriver


class PlainDriver(TestStubDriver):
    """As published by somebody who read NAPALM's old documentation."""

    __test__ = False

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        if revert_in is not None:
            raise NotImplementedError
        super().commit_config(message=message)

    confirm_commit = NetworkDriver.confirm_commit
    has_pending_commit = NetworkDriver.has_pending_commit
