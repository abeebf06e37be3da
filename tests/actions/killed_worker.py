"""A worker that rolls out on fake routers and stands still as soon as one is on trial: then it is killed."""

import time
from datetime import timedelta
from pathlib import Path

from actions.small_city import town
from hanse.actions.running_jobs import run
from hanse.deploy.stages import Stage
from hanse.store.models import Deployment


def main(job: str, marker: str) -> None:
    """Run a job; write `marker` when a router is on trial, and wait to be killed."""

    def stand_still(_pause: timedelta) -> None:
        if Deployment.objects.filter(stage=Stage.TRIAL).exists():
            Path(marker).touch()
            time.sleep(600)

    with town() as place:
        place.clock.told.append(stand_still)
        run(int(job), world=place.world)
