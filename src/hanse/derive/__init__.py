"""Wanted and known to one vendor-neutral `DeviceSpec` a router: pure functions, no I/O, no clock, no Django."""
