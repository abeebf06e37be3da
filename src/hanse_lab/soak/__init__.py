"""Change without harm: edits drawn by a seed, one after the other on a running network, each judged on its routers."""
