"""Each error of the tree as a page and as JSON; uploads at and over their limits."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from rest_framework.throttling import UserRateThrottle

from core.errors import AssizeError
from tests.contract.refusing import KINDS
from tests.factories import a_user

pytestmark = pytest.mark.urls("tests.contract.refusing")
MEBIBYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _no_limit_left_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def signed_in(client: Client, db: None) -> Client:
    client.force_login(a_user())
    return client


@pytest.fixture
def spool(settings: Settings, tmp_path: Path) -> Path:
    """Where uploads go to disk; two mebibytes are the most."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.MAX_UPLOAD_BYTES = 2 * MEBIBYTE
    return tmp_path


def kinds_of(error: type[AssizeError]) -> set[str]:
    return {str(error.code)}.union(*map(kinds_of, error.__subclasses__()))


def test_the_tree_is_tried_whole() -> None:
    assert {str(error.code) for error in KINDS.values()} == set(KINDS)
    assert {error.__class__.__name__ for error in KINDS.values()} >= {
        error.__name__ for error in AssizeError.__subclasses__() if error.__module__ == "core.errors"
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_tells_the_error_and_its_remedy(signed_in: Client, kind: str) -> None:
    error = KINDS[kind]
    answer = signed_in.get(f"/goes-wrong/{kind}/")
    assert answer.status_code == error.http_status
    assert (error.message in answer.content.decode()) == (error.http_status != 404)
    assert (error.remedy in answer.content.decode()) == (error.http_status != 404)


@pytest.mark.parametrize("kind", KINDS)
def test_the_api_tells_the_same_in_json(signed_in: Client, kind: str) -> None:
    error = KINDS[kind]
    answer = signed_in.get(f"/api/goes-wrong/{kind}/")
    assert answer.status_code == error.http_status
    told = answer.json()
    assert told["code"] == kind
    if kind == "not-found":
        assert told == {"code": "not-found", "detail": "Not found.", "remedy": ""}
    else:
        assert (told["detail"], told["remedy"]) == (error.message, error.remedy)
    assert told.get("field") == ("dated" if kind == "invalid-input" else None)


def test_what_breaks_tells_nothing_of_the_inside(signed_in: Client) -> None:
    signed_in.raise_request_exception = False
    answer = signed_in.get("/broken/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Something broke on our side" in page
    assert not [word for word in ("password", "RuntimeError", "Traceback", ".py") if word in page]


def test_the_api_is_for_signed_in_people(client: Client, db: None) -> None:
    told = client.get("/api/goes-wrong/conflict/")
    assert told.status_code == 403
    assert told.json()["code"] == "not-signed-in"
    assert client.get("/api/schema/").status_code == 403


def test_the_api_takes_no_writing_without_the_token(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_user())
    told = client.post("/api/goes-wrong/conflict/")
    assert told.status_code == 403
    assert told.json()["code"] == "not-allowed"
    assert "CSRF" in told.json()["detail"]


def test_too_many_requests_are_told_in_the_same_shape(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min"})
    told = [signed_in.get("/api/goes-wrong/conflict/") for _ in range(3)]
    assert [answer.status_code for answer in told] == [409, 409, 429]
    assert told[-1].json()["code"] == "too-many"
    assert 0 < int(told[-1]["Retry-After"]) <= 60


def test_a_wrong_method_is_told_in_the_same_shape(signed_in: Client) -> None:
    told = signed_in.delete("/api/goes-wrong/conflict/")
    assert told.status_code == 405
    assert set(told.json()) == {"code", "detail", "remedy"}


def test_an_upload_goes_to_disk_and_is_gone_afterwards(signed_in: Client, spool: Path) -> None:
    answer = signed_in.post("/taken/", {"file": SimpleUploadedFile("a.txt", b"x" * MEBIBYTE)})
    assert answer.content.decode() == f"a.txt {MEBIBYTE}"
    answer.close()
    assert not list(spool.iterdir())


@pytest.mark.parametrize("address", ["/taken/", "/api/goes-wrong/conflict/"])
@pytest.mark.parametrize("pieces", [1, 5], ids=["one file", "many files together"])
def test_an_upload_over_the_cap_is_refused(signed_in: Client, spool: Path, address: str, pieces: int) -> None:
    files = [SimpleUploadedFile(f"{n}.bin", b"x" * (MEBIBYTE * 5 // 2 // pieces)) for n in range(pieces)]
    answer = signed_in.post(address, {"file": files})
    assert answer.status_code == 413
    assert "larger than the 2 MB" in answer.content.decode()
    assert (answer["Content-Type"] == "application/json") == address.startswith("/api/")
    assert not list(spool.iterdir())


def test_what_announces_too_much_is_refused_before_it_is_read(signed_in: Client, spool: Path) -> None:
    answer = signed_in.post("/taken/", {"file": SimpleUploadedFile("big.bin", b"x" * (4 * MEBIBYTE))})
    assert answer.status_code == 413
    assert not list(spool.iterdir())


def test_nobody_uploads_before_signing_in(client: Client, db: None, spool: Path) -> None:
    answer = client.post("/taken/", {"file": SimpleUploadedFile("a.txt", b"x" * MEBIBYTE)})
    assert answer.status_code == 403
    assert not list(spool.iterdir())


def test_too_many_files_and_fields_are_told(signed_in: Client, spool: Path, settings: Settings) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(201)]
    answer = signed_in.post("/taken/", {"file": files})
    assert answer.status_code == 413
    assert "200 files" in answer.content.decode()
    many = signed_in.post("/taken/", {f"field{number}": "x" for number in range(1001)})
    assert many.status_code == 413
    long = signed_in.post(
        "/taken/", f"a={'x' * 3 * MEBIBYTE}", content_type="application/x-www-form-urlencoded"
    )
    assert long.status_code == 413


def test_a_damaged_form_is_told(signed_in: Client) -> None:
    answer = signed_in.post("/taken/", b"nonsense", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/shadow", "shadow"),
        ("a\x00b.pdf", "ab.pdf"),
        ("résumé 日本.pdf", "résumé 日本.pdf"),
    ],
)
def test_a_hostile_name_leaves_its_folder_behind(
    signed_in: Client, spool: Path, name: str, kept: str
) -> None:
    body = io.BytesIO()
    body.write(b'--edge\r\nContent-Disposition: form-data; name="file"; filename="')
    body.write(name.encode())
    body.write(b'"\r\nContent-Type: text/plain\r\n\r\nx\r\n--edge--\r\n')
    answer = signed_in.post("/taken/", body.getvalue(), content_type="multipart/form-data; boundary=edge")
    assert answer.content.decode() == f"{kept} 1"
