"""What stops a text before the router is told anything."""

from hanse.devices.driver import CandidateRefused


class NotOurs(CandidateRefused):
    """The text holds a line that would touch what Hanse does not own on the router: take it out of the template."""


class AnotherAs(CandidateRefused):
    """The router runs BGP under another AS number than the one wanted: that is changed by hand, once and on purpose."""
