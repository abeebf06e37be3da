"""What registries say, as dated snapshots: a worse answer never takes the place of a good one."""
