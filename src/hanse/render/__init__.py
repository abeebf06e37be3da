"""A DeviceSpec to the device's text, by templates that an operator can read and override. No network, no clock."""
