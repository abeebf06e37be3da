"""What registries say, as dated snapshots: nothing yet, since the city needs none."""
