"""What carries the numbers of jobs to workers, by setting. The jobs themselves are rows, whatever carries them."""

from collections.abc import Mapping
from typing import Any, Final

from hanse.conf.setting import BadSetting

EMBEDDED: Final = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
DISTRIBUTED: Final = {"BACKEND": "hanse.conf.engine_distributed.ByCelery", "QUEUES": ["default"]}
WORK: Final = {"embedded": "hanse.conf.engine_embedded.work", "distributed": "hanse.conf.engine_distributed.work"}


def tasks_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return Django's TASKS for these settings.

    :raises BadSetting: workers on several machines cannot share SQLite
    """
    if values["HANSE_ENGINE"] == "embedded":
        return {"default": EMBEDDED}
    if not values["HANSE_DATABASE"]:
        raise BadSetting("HANSE_ENGINE is distributed: that needs PostgreSQL; set HANSE_DATABASE")
    return {"default": DISTRIBUTED}
