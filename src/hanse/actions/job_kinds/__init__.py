"""What jobs can do: one file a kind, `table` has them all.

A kind does its work by actions that others call as well. It must not import `actions.jobs`, which knows the table; an
action that asks for a job and one that does a job's work are therefore two files.
"""
