"""What the comments of a rendered text say of where its lines come from."""

import re
from collections.abc import Iterator
from typing import Final

from hanse.network.wanted.network import KINDS

# A path of a wanted object at the end of a comment: `# links.ring-1`, `/* sessions.pix-bob.addresses.0 */`.
REASON: Final = re.compile(rf"(?:#|/\*|!).*?(?:^|[\s,])((?:{'|'.join(KINDS)})\.[\w.:/-]+)\s*(?:\*/)?\s*$")
COMMENT: Final = re.compile(r"^\s*(?:#|/\*|!)")


def reasons(text: str) -> Iterator[str]:
    """Yield for each line the path of the object that it comes from; empty: no comment says.

    A reason holds for its line, for the block that opens there, or for the paragraph that it heads.

    >>> list(reasons("a; # links.ring-1\\nb;\\n"))
    ['links.ring-1', '']
    """
    why = ""
    depth = 0  # of braces since the reason
    in_paragraph = False
    for line in text.splitlines():
        found = REASON.search(line)
        if found:
            why, depth, in_paragraph = found[1], 0, bool(COMMENT.match(line))
        elif in_paragraph and not line.strip():
            why, in_paragraph = "", False
        yield why
        code = line.partition("#")[0]
        depth += code.count("{") - code.count("}")
        if depth <= 0 and not in_paragraph:
            why, depth = "", 0
