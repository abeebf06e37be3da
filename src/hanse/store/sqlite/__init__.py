"""Django's SQLite engine, told the true number of values that one statement of this SQLite takes.

Django 5.2 assumes 999, the default of SQLite before 3.32 (2020): a router of 220 sessions would need several statements
a poll. Debian 12's takes 250,000. Django 6 asks SQLite itself, as this does; then this folder can go.
"""
