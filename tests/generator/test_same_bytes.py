"""Whatever was edited: a build on top of earlier ones gives the bytes and the warnings of a build that begins anew."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from builds import Outcome, build_anew, build_on, build_with_mkdocs, copy_of, difference
from centres import tree
from deeds import DEEDS
from edits import EDITS, edited
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import Project, write
from small_centre import PLAIN, START

Step = tuple[str, int]
"""The name of an edit or a deed, and the number that chooses what it hits."""
Rounds = Sequence[Sequence[Step]]
"""What happens before each build."""

STEPS = st.tuples(st.sampled_from([*EDITS, *DEEDS, "revert", "revert"]), st.integers(0, 999))
ROUNDS = st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=1, max_size=4)
FEW_ROUNDS = st.lists(st.lists(STEPS, min_size=1, max_size=5), min_size=1, max_size=2)
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
ONE_IN = 20
"""One in so many sequences ends with a comparison with plain `mkdocs build`, which takes long."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where trials happen: the small centre as it was built once, and who builds anew while a trial goes on."""

    folder: Path
    begin: Project
    worker: Executor

    @property
    def start(self) -> Path:
        """The small centre as it was built once."""
        return self.folder / "start"


@pytest.fixture(scope="module", params=[START, PLAIN], ids=["with everything", "plain"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder, begin = tmp_path_factory.mktemp("trials"), request.param
    write(begin, folder / "start")
    assert build_on(folder / "start", begin.day, begin.env).error == ""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        yield Place(folder=folder, begin=begin, worker=worker)


class Trial:
    """A project that is edited and built, while a copy of it is built anew after each round."""

    def __init__(self, place: Place) -> None:
        """Begin with the small centre as built, in a folder that is the same for every trial."""
        self.place = place
        self.folder = place.folder / "project"
        self.history = [replace(place.begin, known=frozenset(place.begin.articles))]
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(place.start, self.folder)

    @property
    def project(self) -> Project:
        """As it stands after the last edit."""
        return self.history[-1]

    def do(self, name: str, number: int) -> None:
        """Do one edit or deed."""
        if name in DEEDS:
            DEEDS[name](self.folder, number, self.project.day)
            return
        self.history.append(edited(self.project, name, number, self.history))
        write(self.project, self.folder, keep_times=number % 3 == 0)

    def build(self) -> None:
        """Build the project and, at the same time, its copy; both end alike."""
        before = tree(self.folder / "site")
        day, env = self.project.day, self.project.env
        copy = copy_of(self.folder, self.place.folder / "anew")
        coming = self.place.worker.submit(build_anew, copy, day, env)
        _compare(build_on(self.folder, day, env), coming.result(), before, broken=bool(self.project.broken))

    def compare_with_mkdocs(self) -> None:
        """Plain MkDocs makes the same site."""
        if self.project.broken is None:
            copy = copy_of(self.folder, self.place.folder / "mkdocs")
            theirs = build_with_mkdocs(copy, self.project.day, self.project.env)
            found = difference(tree(self.folder / "site"), theirs)
            assert not found, f"mkdocs build makes another site: {found}"


def _compare(ours: Outcome, anew: Outcome, before: dict[str, bytes], *, broken: bool) -> None:
    assert bool(anew.error) == broken, f"edits leave no error but the one that is meant: {anew.error}"
    assert ours.error == anew.error
    assert ours.warnings == anew.warnings
    found = difference(ours.site, before if broken else anew.site)
    assert not found, f"the site is not {'as before the failed build' if broken else 'as built anew'}: {found}"


def _follow(place: Place, rounds: Rounds) -> None:
    """Do the steps of each round, build, and compare; a failure names the steps so far."""
    trial = Trial(place)
    for number, steps in enumerate(rounds, 1):
        for step in steps:
            trial.do(*step)
        try:
            trial.build()
        except AssertionError as error:
            error.add_note(f"after {list(rounds[:number])!r}")
            raise
    if zlib.crc32(repr(rounds).encode()) % ONE_IN == 0:
        trial.compare_with_mkdocs()


@settings(PATIENT, max_examples=4, derandomize=True)
@given(rounds=FEW_ROUNDS)
def test_a_build_after_edits_is_a_build_anew(place: Place, rounds: Rounds) -> None:
    """After each round of edits the site and the warnings are those of a build without anything to build on."""
    _follow(place, rounds)


@pytest.mark.slow
@settings(PATIENT, max_examples=150)
@given(rounds=ROUNDS)
def test_many_builds_after_edits_are_builds_anew(place: Place, rounds: Rounds) -> None:
    """The same for 150 sequences from each start, which differ from run to run."""
    _follow(place, rounds)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*EDITS, *DEEDS])
def test_each_edit_alone_is_seen_and_can_be_reverted(place: Place, name: str) -> None:
    """Every edit and deed by itself, in each of its variants, then back to where it began."""
    _follow(place, [[(name, 0)], [(name, 8)], [(name, 16)], [("revert", 0)]])


@pytest.mark.parametrize(
    "rounds",
    [
        [[("add an article", 0), ("break it", 570)], [("retitle", 1), ("change the day", 4)]],
    ],
)
def test_sequences_that_once_went_wrong(place: Place, rounds: Rounds) -> None:
    """Copy here what a failure of the trials above names, so that it is tried every time."""
    _follow(place, rounds)
