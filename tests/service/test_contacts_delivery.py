"""Deliveries: messages reach a real mail server, a real web server and a folder."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import json
import ssl
import stat
from collections.abc import Iterator
from email.headerregistry import Address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from receivers import Hook, MailBox, certificate, free_port, mail_server, web_server

from kbgen.errors import KbgenError
from kbgen.feedback.message import Message, read_message
from kbgen.service.delivery.folder import open_folder
from kbgen.service.delivery.interface import RefusedError, UnreachableError
from kbgen.service.delivery.mail_address import open_mail
from kbgen.service.delivery.table import open_deliveries
from kbgen.service.delivery.webhook import open_webhook

ID = "5f0c4a34-6f0e-4d33-9f2c-7d8a2b1c0e4f"
MESSAGE = Message(
    id=ID,
    email="kim@customer.example",
    message="Nothing opens.\n.\nSince Monday – über Nacht.",
    subject="Untertitel – Größe 🙂",
    article="Add a video",
    searched="srt",
)
HELD = Message(id=ID, email="kim@customer.example", message="Buy this\nnow", held=True)
LETTERS = "from=Acme%20help%20<help@acme.example>&to=a@acme.example,b+web@acme.example"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def plain() -> Iterator[MailBox]:
    with mail_server(MailBox()) as box:
        yield box


@pytest.fixture
def box(plain: MailBox) -> MailBox:
    plain.letters.clear()
    plain.envelopes.clear()
    plain.refused.clear()
    return plain


def test_a_message_becomes_a_letter(box: MailBox) -> None:
    """It comes from us, goes to all of us, and an answer to it goes to the customer."""
    open_mail(f"smtp://127.0.0.1:{box.port}?{LETTERS}").deliver(MESSAGE)
    [letter], [envelope] = box.letters, box.envelopes
    assert envelope.rcpt_tos == ["a@acme.example", "b+web@acme.example"]
    assert envelope.mail_from == "help@acme.example"
    assert letter["From"] == "Acme help <help@acme.example>"
    assert letter["Reply-To"] == "kim@customer.example"
    assert letter["Subject"] == "Untertitel – Größe 🙂"
    assert letter["Message-ID"] == f"<{ID}@acme.example>"
    text = letter.get_content().replace("\r\n", "\n")
    assert text.startswith("Nothing opens.\n.\nSince Monday – über Nacht.\n")
    assert "Article: Add a video\nSearched for: srt\n" in text
    assert "What was wrong" not in text


def test_a_held_message_is_marked_for_filters(box: MailBox) -> None:
    """Its subject and a header say that it may be of a robot; without a subject its first line is one."""
    open_mail(f"smtp://127.0.0.1:{box.port}?{LETTERS}").deliver(HELD)
    assert (box.letters[0]["Subject"], box.letters[0]["X-Spam-Flag"]) == ("[held] Buy this", "YES")


@pytest.mark.parametrize("refused", ["a@acme.example", "text"])
def test_a_letter_that_is_refused_is_not_delivered(box: MailBox, refused: str) -> None:
    """The error has the server's code, and nothing of what it said: it may name somebody."""
    box.refused[refused] = "550 5.1.1 <kim@customer.example> is unknown"
    with pytest.raises(RefusedError) as caught:
        open_mail(f"smtp://127.0.0.1:{box.port}?from=help@acme.example&to=a@acme.example").deliver(MESSAGE)
    assert "550" in caught.value.problem
    assert "kim" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_letters_go_encrypted_with_a_login(
    tls: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """Name and password are sent after TLS began, and the certificate is checked."""
    cert, context = tls
    box = MailBox()
    how: dict[str, Any] = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context}
    how |= {"authenticator": box.login, "auth_require_tls": scheme == "smtp"}
    url = f"{scheme}://me:s3cret%3A%40%2F@127.0.0.1:{{}}?from=help@acme.example&to=a@acme.example&tls=yes"
    with mail_server(box, **how):
        mail = open_mail(url.format(box.port))
        with pytest.raises(UnreachableError, match="SSLCertVerificationError"):
            mail.deliver(MESSAGE)
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        mail.deliver(MESSAGE)
        assert (box.encrypted, set(box.logins)) == ([True], {(b"me", b"s3cret:@/")})
        with pytest.raises(UnreachableError, match="535") as caught:
            open_mail(url.replace("s3cret", "wrongpass").format(box.port)).deliver(MESSAGE)
    assert "wrongpass" not in str(caught.value)


def test_nothing_is_said_to_a_server_without_encryption(box: MailBox) -> None:
    """Where TLS is wanted and not offered, neither password nor letter is sent."""
    url = f"smtp://me:secret@127.0.0.1:{box.port}?from=help@acme.example&to=a@acme.example&tls=yes"
    with pytest.raises(UnreachableError, match="SMTPNotSupportedError"):
        open_mail(url).deliver(MESSAGE)
    assert box.letters == []


@pytest.mark.parametrize(
    ("host", "security"),
    [("mail.example.com", "starttls"), ("127.0.0.1", "none"), ("[::1]", "none"), ("mail.example.com:25", "starttls")],
)
def test_only_this_machine_gets_letters_in_the_clear(host: str, security: str) -> None:
    """Encryption has to be switched off for another machine."""
    assert open_mail(f"smtp://{host}?{LETTERS}").server.security == security
    assert open_mail(f"smtp://{host}?{LETTERS}&tls=no").server.security == "none"


def test_a_port_that_nothing_listens_on_is_unreachable() -> None:
    """The way is down, whatever the message; nothing is wrong with that one."""
    for url in (f"smtp://127.0.0.1:{free_port()}?{LETTERS}", f"http://127.0.0.1:{free_port()}/"):
        [delivery] = open_deliveries(url)
        with pytest.raises(UnreachableError):
            delivery.deliver(MESSAGE)


TEXT = st.text(max_size=80)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXT, TEXT, st.emails().filter(lambda text: len(text) < 200), st.booleans())
def test_no_message_can_write_a_header(subject: str, text: str, email_: str, website: bool) -> None:
    """Whatever a customer writes, the letter has our headers alone, each once, and can be read."""
    data = {"id": ID, "subject": f"a\r\nBcc: {subject}", "message": f"x{text}", "email": email_, "website": website}
    try:
        message = read_message(data)
    except KbgenError:
        return
    sent = open_mail(f"smtp://mail.acme.example?{LETTERS}").letter(message).as_bytes()
    letter = email.message_from_bytes(sent, policy=email.policy.default)
    names = ["From", "Date", "Message-ID", "Subject", "To", "Reply-To", *(["X-Spam-Flag"] if website else [])]
    mime = ["Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    assert sorted(letter.keys()) == sorted([*names, *mime])
    assert [each.addr_spec for each in letter["To"].addresses] == ["a@acme.example", "b+web@acme.example"]
    [reply] = letter["Reply-To"].addresses
    assert reply == Address(username=message.email.rpartition("@")[0], domain=message.email.rpartition("@")[2])


@pytest.fixture(scope="module")
def web() -> Iterator[Hook]:
    with web_server(Hook()) as hook:
        yield hook


@pytest.fixture
def hook(web: Hook) -> Hook:
    web.posts.clear()
    web.status, web.headers = 200, {}
    return web


def test_a_webhook_gets_json_with_a_signature(hook: Hook) -> None:
    """The post has the id in three headers' reach, and a signature that the receiver can compute."""
    secret = base64.b64encode(b"sixteen bytes...").decode()
    open_webhook(f"{hook.url.replace('//', '//me:pass@')}/in?key=7#secret=whsec_{secret}").deliver(MESSAGE)
    [(path, headers, body)] = hook.posts
    assert path == "/in?key=7"
    assert json.loads(body) == {
        "schema_version": 1,
        "id": ID,
        "email": "kim@customer.example",
        "subject": MESSAGE.subject,
        "message": MESSAGE.message,
        "article": "Add a video",
        "searched": "srt",
        "reason": "",
        "lang": "",
        "held": False,
    }
    assert headers["content-type"] == "application/json"
    assert headers["idempotency-key"] == headers["webhook-id"] == ID
    assert headers["authorization"] == f"Basic {base64.b64encode(b'me:pass').decode()}"
    signed = f"{ID}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(b"sixteen bytes...", signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, RefusedError), (404, RefusedError), (413, RefusedError), (302, RefusedError), (429, UnreachableError),
     (500, UnreachableError), (503, UnreachableError)],
)  # fmt: skip
def test_only_a_status_of_success_counts(hook: Hook, status: int, error: type[KbgenError]) -> None:
    """A redirect is not followed, for the message would stay behind."""
    hook.status, hook.headers = status, {"Location": f"{hook.url}/elsewhere"}
    with pytest.raises(error, match=str(status)):
        open_webhook(hook.url).deliver(MESSAGE)
    assert [path for path, _, _ in hook.posts] == ["/"]


def test_a_folder_gets_one_file_for_each_message(tmp_path: Path) -> None:
    """Files are whole, for the service's user alone; held messages lie beside the others, and a repeat is the same."""
    delivery = open_folder(f"file://{tmp_path}/new%20messages")
    for message in (MESSAGE, HELD, MESSAGE):
        delivery.deliver(message)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert [str(path.relative_to(tmp_path)) for path in files] == [
        f"new messages/{ID}.json",
        f"new messages/held/{ID}.json",
    ]
    assert json.loads(files[0].read_text())["message"] == MESSAGE.message
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_folder_that_cannot_be_written_is_unreachable(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreachableError, match="cannot be written"):
        open_folder(f"file://{tmp_path}/file").deliver(MESSAGE)


def test_several_ways_stand_in_one_setting(tmp_path: Path) -> None:
    """They are separated by spaces, and shown without what is secret."""
    text = f"smtps://me:secret@mail.example.com?{LETTERS} https://u:secret@hooks.example.com/secret file://{tmp_path}"
    ways = open_deliveries(text)
    assert [way.name for way in ways] == [
        "smtps://mail.example.com:465",
        "https://hooks.example.com",
        f"file://{tmp_path}",
    ]
    assert "secret" not in repr(ways)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("secret", "cannot be read"),
        ("ftp://me:secret@example.com/", "cannot be read"),
        ("smtp://me:secret@mail.example.com:x?from=a@b.example&to=c@d.example", "cannot be read"),
        ("smtp://me:secret@[mail?from=a@b.example&to=c@d.example", "cannot be read"),
        ("smtp://me:secret@mail.example.com?to=c@d.example", "no 'from'"),
        ("smtp://me:secret@mail.example.com?from=a@b.example", "no 'to'"),
        ("smtp://me:secret@mail.example.com?from=a@b.example,b@b.example&to=c@d.example", "more than one"),
        ("smtp://me:secret@mail.example.com?from=a&to=c@d.example", "'from'"),
        ("smtp://me:secret@mail.example.com?from=a@b.example&to=c@d.example%0aBcc:x@y.example", "'to'"),
        ("smtp://me:secret@mail.example.com?from=a@b.example&to=c@d.example&tls=maybe", "'tls'"),
        ("smtp://me:secret@mail.example.com?from=a@b.example&to=c@d.example&port=25", "'port'"),
        ("smtp://me:secret@?from=a@b.example&to=c@d.example", "no host"),
        ("smtp://me:secret@mail.example.com/in?from=a@b.example&to=c@d.example", "no host"),
        ("https://me:secret@/x", "no host"),
        ("https://me:secret@hooks.example.com/#key=secret", "secret"),
        ("https://hooks.example.com/#secret=secret!", "base64"),
        ("file://spool/secret", "three slashes"),
        ("file:///", "three slashes"),
    ],
)
def test_a_wrong_address_is_an_error_without_its_password(url: str, said: str) -> None:
    """The message says which address and what is wrong with it, and shows no part that may be secret."""
    with pytest.raises(KbgenError) as caught:
        open_deliveries(f"file:///var/spool/kbgen {url}")
    assert "address 2" in caught.value.problem
    assert said in str(caught.value)
    assert "me:secret" not in str(caught.value)
    assert "secret!" not in str(caught.value)
