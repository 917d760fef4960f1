"""The outbox: what is stored reaches every place, whatever fails in between, and is deleted then."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from receivers import Hook, MailBox, free_port, mail_server, web_server

from kbgen.feedback.message import Message
from kbgen.feedback.store.interface import StoreError
from kbgen.feedback.store.table import open_store
from kbgen.service import outbox as module
from kbgen.service.contact import open_outbox
from kbgen.service.delivery.interface import Delivery, RefusedError, UnreachableError
from kbgen.service.outbox import FIRST_PAUSE, LONGEST_PAUSE, Outbox, Pause

DAY = date(2026, 11, 23)


class Place:
    """A delivery that keeps what it takes, and fails as long as it is told to."""

    name = "place"

    def __init__(self, down: int = 0, refused: dict[str, int] | None = None) -> None:
        """Fail so many times, for all or for some."""
        self.got: list[str] = []
        self.down, self.refused = down, refused or {}

    def deliver(self, message: Message) -> None:
        """Keep the id of a message."""
        if self.down:
            self.down -= 1
            raise UnreachableError("nobody is there")
        if self.refused.get(message.id):
            self.refused[message.id] -= 1
            raise RefusedError("not this one")
        self.got.append(message.id)


class Kept:
    """A store in memory that fails as long as it is told to."""

    def __init__(self, *ids: str, failing: int = 0) -> None:
        """Begin with messages of these ids."""
        self.kept = [message(id_) for id_ in ids]
        self.failing = failing

    def messages(self, most: int = 100) -> list[Message]:
        """The oldest."""
        return self.kept[:most]

    def handed_over(self, ids: Sequence[str]) -> None:
        """Delete, or fail."""
        if self.failing:
            self.failing -= 1
            raise StoreError("the disk is full")
        self.kept = [each for each in self.kept if each.id not in ids]


def message(id_: str = "") -> Message:
    return Message(id=id_ or str(uuid.uuid4()), email="canary@customer.example", message="canary text")


def wait_until(true: Callable[[], bool], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


@contextmanager
def running(store: module.Waiting, *places: Delivery, speed: float = 1000) -> Iterator[Outbox]:
    """An outbox whose clock runs faster, and which is asked to look again and again."""
    outbox = Outbox(store, places, clock=lambda: time.monotonic() * speed)
    stop = threading.Event()

    def call() -> None:
        while not stop.wait(0.005):
            outbox.wake()

    caller = threading.Thread(target=call)
    caller.start()
    try:
        yield outbox
    finally:
        stop.set()
        caller.join()
        outbox.close()


def test_what_waits_is_handed_over_and_deleted() -> None:
    """Messages of before the start go first, the oldest first; each leaves the store."""
    place, store = Place(), Kept("a", "b", "c")
    with running(store, place) as outbox:
        wait_until(lambda: not store.kept)
    assert place.got == ["a", "b", "c"]
    assert outbox.figures() == {"handed_over": 3, "waiting": 0, "failing": 0}


def test_a_place_that_is_down_is_tried_until_it_is_back() -> None:
    """Each message arrives once, in order, and the other place does not get any twice."""
    down, fine, store = Place(down=4), Place(), Kept("a", "b")
    with running(store, down, fine):
        wait_until(lambda: not store.kept)
    assert (down.got, fine.got) == (["a", "b"], ["a", "b"])


def test_a_message_that_is_refused_does_not_stop_the_others() -> None:
    """The others pass it, and it is tried again."""
    place, store = Place(refused={"a": 3}), Kept("a", "b", "c")
    with running(store, place):
        wait_until(lambda: not store.kept)
    assert place.got == ["b", "c", "a"]


def test_many_that_are_refused_do_not_hide_the_rest() -> None:
    """A hundred and more at the head of the store leave the way to newer ones free."""
    bad = [f"bad {n}" for n in range(250)]
    place, store = Place(refused=dict.fromkeys(bad, 10**9)), Kept(*bad, "good")
    with running(store, place, speed=1) as outbox:
        wait_until(lambda: place.got == ["good"])
        wait_until(lambda: outbox.figures()["waiting"] == 250)


def test_a_store_that_fails_loses_nothing_and_repeats_nothing() -> None:
    """Where a message cannot be deleted, it is not handed over again while the service runs."""
    place, store = Place(), Kept("a", failing=3)
    with running(store, place):
        wait_until(lambda: not store.kept)
    assert place.got == ["a"]


def test_an_unexpected_fault_is_tried_again_too(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever a delivery raises, the thread lives, and the log has nothing of the message in it."""

    class Faulty(Place):
        def deliver(self, message: Message) -> None:
            if self.down:
                self.down -= 1
                raise ValueError(f"cannot do {message}")
            super().deliver(message)

    place, store = Faulty(down=2), Kept("a")
    with running(store, place) as outbox:
        wait_until(lambda: not store.kept)
        assert outbox.alive
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text


def test_pauses_grow_to_an_hour() -> None:
    """The first is short, each is twice the last, and none is longer than an hour, for ever."""
    pause, pauses = Pause(), []
    for _ in range(3000):
        pause.fail(0)
        pauses.append(pause.until)
    assert pauses[:4] == [FIRST_PAUSE * factor for factor in (1, 2, 4, 8)]
    assert (max(pauses), pauses[-1]) == (LONGEST_PAUSE, LONGEST_PAUSE)


def test_an_acknowledgement_that_fails_does_not_repeat_the_message(caplog: pytest.LogCaptureFixture) -> None:
    """The message is with us, and that is what counts."""

    def fail(message: Message) -> None:
        raise UnreachableError(f"no letter for {message.id}")

    place, store = Place(), Kept("a")
    outbox = Outbox(store, [place], acknowledge=fail)
    wait_until(lambda: outbox.handed_over == 1)
    outbox.close()
    assert place.got == ["a"]
    assert "message a was not acknowledged" in caplog.text


def test_without_a_setting_there_is_no_outbox() -> None:
    """No thread runs where there is nowhere to go."""
    assert open_outbox(Kept(), to="") is None


def test_a_message_goes_through_store_mail_and_webhook(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """From a real store to three places at once; the customer gets one letter, and no log knows who it was."""
    caplog.set_level(logging.DEBUG, "kbgen")
    store = open_store(f"sqlite:///{tmp_path / 'votes.sqlite'}")
    with mail_server(MailBox()) as box, web_server(Hook()) as hook:
        mail = f"smtp://127.0.0.1:{box.port}?from=help@acme.example&to=support@acme.example"
        outbox = open_outbox(
            store, to=f"{mail} {hook.url} file://{tmp_path}/out", reply="soon", site="https://h.example"
        )
        assert outbox
        sent = message()
        store.save([sent], DAY)
        outbox.wake()
        wait_until(lambda: len(box.letters) == 2)
        outbox.close()
    assert [letter["To"] for letter in box.letters] == ["support@acme.example", "canary@customer.example"]
    assert json.loads(hook.posts[0][2])["id"] == sent.id
    assert json.loads((tmp_path / "out" / f"{sent.id}.json").read_text())["message"] == "canary text"
    assert store.messages() == []
    store.close()
    assert "canary" not in caplog.text


def test_a_way_can_leave_the_acknowledgement_to_the_help_desk(tmp_path: Path) -> None:
    """With `acknowledge=no` nobody gets a letter but us."""
    store = open_store(f"sqlite:///{tmp_path / 'votes.sqlite'}")
    store.save([message()], DAY)
    with mail_server(MailBox()) as box:
        mail = f"smtp://127.0.0.1:{box.port}?from=help@acme.example&to=support@acme.example&acknowledge=no"
        outbox = open_outbox(store, to=mail, site="https://h.example")
        assert outbox
        wait_until(lambda: outbox.handed_over == 1)
        outbox.close()
    assert [letter["To"] for letter in box.letters] == ["support@acme.example"]
    store.close()


def test_nothing_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    """Killed in the midst of a delivery, the message is in the store, and the next start sends it with the same id."""
    database = f"sqlite:///{tmp_path / 'votes.sqlite'}"
    store = open_store(database)
    sent = message()
    store.save([sent], DAY)
    store.close()
    hook = Hook(hold=threading.Event())
    with web_server(hook):
        program = (
            "import sys, time; from kbgen.feedback.store.table import open_store\n"
            "from kbgen.service.contact import open_outbox\n"
            "outbox = open_outbox(open_store(sys.argv[1]), to=sys.argv[2]); time.sleep(30)"
        )
        process = subprocess.Popen([sys.executable, "-c", program, database, hook.url])
        assert hook.waiting.wait(20)
        process.kill()
        process.wait()
        assert hook.hold
        hook.hold.set()
        store = open_store(database)
        outbox = open_outbox(store, to=hook.url)
        assert outbox
        wait_until(lambda: outbox.handed_over == 1)
        outbox.close()
        assert store.messages() == []
        store.close()
    assert [headers["idempotency-key"] for _, headers, _ in hook.posts] == [sent.id, sent.id]


def test_stopping_does_not_wait_for_a_place_that_hangs() -> None:
    """The message at hand is left to the next start."""
    hook = Hook(hold=threading.Event())
    store = Kept("a")
    with web_server(hook):
        outbox = open_outbox(store, to=hook.url)
        assert outbox
        assert hook.waiting.wait(5)
        started = time.monotonic()
        outbox.close(patience=0.1)
        assert time.monotonic() - started < 2
        assert [kept.id for kept in store.kept] == ["a"]
        assert hook.hold
        hook.hold.set()
        wait_until(lambda: not outbox.alive)


def test_a_mail_server_that_is_away_for_a_while_loses_nothing() -> None:
    """The letter arrives when the server is back."""
    port, store = free_port(), Kept("a")
    outbox = open_outbox(store, to=f"smtp://127.0.0.1:{port}?from=help@acme.example&to=support@acme.example")
    assert outbox
    wait_until(lambda: outbox.figures()["failing"] == 1)
    outbox.close()
    with mail_server(MailBox(), port=port) as box:
        outbox = open_outbox(store, to=f"smtp://127.0.0.1:{port}?from=help@acme.example&to=support@acme.example")
        assert outbox
        wait_until(lambda: not store.kept)
        outbox.close()
    assert [letter["Message-ID"] for letter in box.letters] == ["<a@acme.example>"]
