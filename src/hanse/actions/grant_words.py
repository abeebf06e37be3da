"""What a grant allows, said in words."""

from typing import Final

from hanse.actions.rights import Granted, Right

WORDS: Final = {
    Right.VIEW: "look at",
    Right.CHANGE: "change",
    Right.DEPLOY: "deploy",
    Right.SEE_SECRETS: "see the secrets of",
    Right.READ_PILLAR: "read the pillar of",
    Right.ADMINISTER: "administer",
}


def in_words(granted: Granted) -> str:
    """Return what is allowed, as one sentence.

    >>> in_words(Granted(rights=frozenset({Right.VIEW, Right.CHANGE}), sites=frozenset({"hall"})))
    'May look at and change everything at hall.'
    """
    if not granted.rights:
        return "Allows nothing."
    what = _joined([kind.replace("_", " ") for kind in sorted(granted.kinds)]) or "everything"
    return f"May {_joined([WORDS[right] for right in Right if right in granted.rights])} {what}{_where(granted)}."


def _where(granted: Granted) -> str:
    at = f"at {_joined(sorted(granted.sites), 'or')}" if granted.sites else ""
    of = f"of {_joined([f'AS{asn}' for asn in sorted(granted.asns)], 'or')}" if granted.asns else ""
    limits = " or ".join(filter(None, (at, of)))
    return f" {limits}" if limits else ""


def _joined(words: list[str], by: str = "and") -> str:
    return f" {by} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
