"""The name and place that Django looks for."""

import sqlite3

from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    """Django's, with this SQLite's own limit."""

    @property
    def max_query_params(self) -> int:  # type: ignore[override]  # Django 6 has it so; the 5.2 class a number
        """Return how many values one statement takes."""
        self.connection.ensure_connection()
        connection: sqlite3.Connection = self.connection.connection
        return connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with these features."""

    features_class = DatabaseFeatures
