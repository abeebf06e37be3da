"""The roles to start from: groups, each with one grant of the same name. They can be changed and removed like any."""

from typing import Final

from hanse.actions.rights import Granted, Right

ROLES: Final = {
    "readers": Granted(rights=frozenset({Right.VIEW})),
    "editors": Granted(rights=frozenset({Right.VIEW, Right.CHANGE})),
    "deployers": Granted(rights=frozenset({Right.VIEW, Right.CHANGE, Right.DEPLOY})),
    "secret-keepers": Granted(rights=frozenset({Right.VIEW, Right.SEE_SECRETS})),
    "administrators": Granted(rights=frozenset(Right)),
}
