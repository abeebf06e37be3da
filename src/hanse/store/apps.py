"""The one Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Hanse's rows."""

    name = "hanse.store"
    label = "store"
    verbose_name = "Hanse"
