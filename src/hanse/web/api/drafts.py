"""Drafts of changes to what is wanted, and the change sets that they became."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from rest_framework.response import Response

from hanse.actions import change_sets, drafting, drafts, previewing
from hanse.actions.drafts import Choice
from hanse.network.wanted.edits import Edit
from hanse.store.audit import ObjectChange
from hanse.web.api.lists import Listing, one_row
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, Asked, Operation
from hanse.web.api.rows import ChangeSetRow, DraftRow
from hanse.web.api.shapes import Exact, given, list_of, read_as, taken

DRAFTS: Final = Listing(
    route="api-draft",
    row=DraftRow,
    rows=lambda asked: drafts.draft_list(asked.person),
    display="draft {id} {title}",
    order=("-changed_at", "-pk"),
    searched=("title", "who"),
)
CHANGE_SETS: Final = Listing(
    route="api-change-set",
    row=ChangeSetRow,
    rows=lambda asked: change_sets.change_set_list(asked.person),
    display="change set {id} {title}",
    order=("-pk",),
    searched=("title", "who"),
    is_endless=True,
)
FAILURES: Final = {**MEND, **CONFLICT, **NOT_HERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTitle(Exact):
    """What a draft is called."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEdit(Exact):
    """One object as it is to be: its body as files hold it, without its name. null: it is not wanted any more."""

    kind: str
    name: str = ""
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftObject(Exact):
    """The name of an object."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFiles(Exact):
    """Files of intent, name -> text. `is_whole`: what is not in them is not wanted any more."""

    files: dict[str, str]
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """What a draft adds and changes, as one YAML file."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed(DraftObject):
    """What an object is to be called, wherever it is named."""

    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(DraftObject):
    """Which side of a conflict is to hold."""

    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOperation:
    """One object before and after; null: it is not there."""

    kind: str
    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewProblem:
    """What contradicts itself, where, and how to mend it."""

    path: list[str]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewConflict:
    """An object that somebody else changed after the draft did. `merged`: both together, where that can be."""

    kind: str
    name: str
    base: Any
    mine: Any
    theirs: Any
    merged: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRouter:
    """What one router's text becomes. `error`: it cannot be written, and why."""

    node: str
    diff: str
    added: int
    removed: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPreview:
    """What taking a draft would do. `more`: routers that change too, not written out; `hidden`: those out of sight."""

    can_be_taken: bool
    operations: list[DraftOperation]
    problems: list[PreviewProblem]
    conflicts: list[PreviewConflict]
    routers: list[PreviewRouter]
    more: list[str]
    hidden: int


def begun() -> Operation:
    """Return the operation that begins a draft."""

    def answer(asked: Asked) -> Response:
        title = asked.body(DraftTitle).title
        number = drafts.begin(title=title, person=asked.person, world=asked.world)
        return Response(one_row(asked, DRAFTS, number), status=HTTPStatus.CREATED)

    return Operation(
        answer=answer,
        summary="Begin a draft",
        takes=taken(DraftTitle),
        gives=given(DraftRow),
        status=HTTPStatus.CREATED,
        failures=MEND,
    )


def retitled() -> Operation:
    """Return the operation that calls a draft something else."""

    def answer(asked: Asked, number: int) -> Response:
        title = asked.body(DraftTitle).title
        drafts.retitle(draft=number, title=title, person=asked.person, world=asked.world)
        return Response(one_row(asked, DRAFTS, number))

    return Operation(
        answer=answer,
        summary="Call a draft something else",
        takes=taken(DraftTitle),
        gives=given(DraftRow),
        failures=FAILURES,
    )


def moved(move: Callable[..., None], summary: str) -> Operation:
    """Return the operation that withdraws a draft or opens it again."""

    def answer(asked: Asked, number: int) -> Response:
        move(draft=number, person=asked.person, world=asked.world)
        return Response(one_row(asked, DRAFTS, number))

    return Operation(answer=answer, summary=summary, gives=given(DraftRow), failures=FAILURES)


def operations() -> Operation:
    """Return the operation that gives what a draft changes."""

    def answer(asked: Asked, number: int) -> Response:
        return Response(_operations(drafts.operations(number, asked.person)))

    return Operation(
        answer=answer, summary="Show what a draft changes", gives=list_of(given(DraftOperation)), failures=NOT_HERE
    )


def put() -> Operation:
    """Return the operation that puts edits into a draft."""

    def answer(asked: Asked, number: int) -> Response:
        asked_edits: list[DraftEdit] = read_as(list[DraftEdit], asked.request.data)
        edits = [Edit(kind=one.kind, name=one.name, body=one.body) for one in asked_edits]
        drafts.put(draft=number, edits=edits, person=asked.person, world=asked.world)
        return Response(_operations(drafts.operations(number, asked.person)))

    return Operation(
        answer=answer,
        summary="Put edits into a draft",
        takes=list_of(taken(DraftEdit)),
        gives=list_of(given(DraftOperation)),
        failures=FAILURES,
    )


def files_put() -> Operation:
    """Return the operation that puts what files describe into a draft."""

    def answer(asked: Asked, number: int) -> Response:
        new: DraftFiles = asked.body(DraftFiles)
        drafting.from_files(
            texts=new.files, is_whole=new.is_whole, draft=number, title="", person=asked.person, world=asked.world
        )
        return Response(_operations(drafts.operations(number, asked.person)))

    return Operation(
        answer=answer,
        summary="Put what files describe into a draft",
        takes=taken(DraftFiles),
        gives=list_of(given(DraftOperation)),
        failures=FAILURES,
    )


def as_file() -> Operation:
    """Return the operation that gives what a draft adds and changes as a file."""

    def answer(asked: Asked, number: int) -> Response:
        return Response({"text": drafting.as_files(number, asked.person)})

    return Operation(answer=answer, summary="Show a draft as a file", gives=given(DraftFile), failures=NOT_HERE)


def renamed() -> Operation:
    """Return the operation that calls an object otherwise, wherever it is named."""

    def answer(asked: Asked, number: int) -> Response:
        one: Renamed = asked.body(Renamed)
        drafting.rename(draft=number, kind=one.kind, old=one.name, new=one.new, person=asked.person, world=asked.world)
        return Response(_operations(drafts.operations(number, asked.person)))

    return Operation(
        answer=answer,
        summary="Call an object otherwise, wherever it is named",
        takes=taken(Renamed),
        gives=list_of(given(DraftOperation)),
        failures=FAILURES,
    )


def dropped() -> Operation:
    """Return the operation that takes objects out of a draft again."""

    def answer(asked: Asked, number: int) -> Response:
        named: list[DraftObject] = read_as(list[DraftObject], asked.request.data)
        drafts.insist_on_draft(number, asked.person)
        for one in named:
            drafts.drop(draft=number, kind=one.kind, name=one.name, person=asked.person, world=asked.world)
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(
        answer=answer,
        summary="Take objects out of a draft",
        takes=list_of(taken(DraftObject)),
        status=HTTPStatus.NO_CONTENT,
        failures=FAILURES,
    )


def settled() -> Operation:
    """Return the operation that settles a conflict: mine, theirs, or both together."""

    def answer(asked: Asked, number: int) -> Response:
        one: Settled = asked.body(Settled)
        drafts.settle(
            draft=number, kind=one.kind, name=one.name, choice=one.choice, person=asked.person, world=asked.world
        )
        return Response(_operations(drafts.operations(number, asked.person)))

    return Operation(
        answer=answer,
        summary="Settle a conflict over one object",
        takes=taken(Settled),
        gives=list_of(given(DraftOperation)),
        failures=FAILURES,
    )


def previewed() -> Operation:
    """Return the operation that tells what taking a draft would do."""

    def answer(asked: Asked, number: int) -> Response:
        found = previewing.preview(draft=number, person=asked.person, world=asked.world)
        return Response(preview_row(found))

    return Operation(
        answer=answer,
        summary="Tell what taking a draft would do: problems, conflicts, each router's diff",
        gives=given(DraftPreview),
        failures=NOT_HERE,
    )


def preview_row(found: previewing.Preview) -> dict[str, Any]:
    """Return a preview as the API gives it."""
    return {
        "can_be_taken": found.can_be_taken,
        "operations": _operations(found.changes),
        "problems": [{"path": one.path, "sentence": one.sentence} for one in found.problems],
        "conflicts": [{name: getattr(one, name) for name in CONFLICT_FIELDS} for one in found.conflicts],
        "routers": [{name: getattr(one, name) for name in ROUTER_FIELDS} for one in found.routers],
        "more": found.more,
        "hidden": found.hidden,
    }


CONFLICT_FIELDS: Final = ("kind", "name", "base", "mine", "theirs", "merged")
ROUTER_FIELDS: Final = ("node", "diff", "added", "removed", "error")


def taken_now() -> Operation:
    """Return the operation that makes what a draft says what is wanted."""

    def answer(asked: Asked, number: int) -> Response:
        change_set = drafts.take(draft=number, person=asked.person, world=asked.world)
        return Response(one_row(asked, CHANGE_SETS, change_set.number), status=HTTPStatus.CREATED)

    return Operation(
        answer=answer,
        summary="Take a draft: what it says is wanted",
        gives=given(ChangeSetRow),
        status=HTTPStatus.CREATED,
        failures=FAILURES,
    )


def changes() -> Operation:
    """Return the operation that gives what a change set changed."""

    def answer(asked: Asked, number: int) -> Response:
        return Response(_operations(change_sets.changes_of(number, asked.person)))

    return Operation(
        answer=answer,
        summary="Show what a change set changed",
        gives=list_of(given(DraftOperation)),
        failures=NOT_HERE,
    )


def undone() -> Operation:
    """Return the operation that begins the draft which takes a change set back."""

    def answer(asked: Asked, number: int) -> Response:
        draft = change_sets.undo(number=number, person=asked.person, world=asked.world)
        return Response(one_row(asked, DRAFTS, draft), status=HTTPStatus.CREATED)

    return Operation(
        answer=answer,
        summary="Begin the draft that takes a change set back",
        gives=given(DraftRow),
        status=HTTPStatus.CREATED,
        failures=FAILURES,
    )


def _operations(found: tuple[ObjectChange, ...]) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "name": one.name, "before": one.before, "after": one.after} for one in found]
