"""The bench that most tests of this room stand at."""

import pytest

from fakes.deploying import Bench, reviewed, router_called


@pytest.fixture
def bench() -> Bench:
    router = router_called("border1")
    return Bench(router=router, plan=reviewed(router))
