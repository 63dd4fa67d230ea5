"""Files that people upload: what is in them, or a sentence that says what to do."""

import io
import zipfile
import zlib
from shutil import which

import pytest
from PIL import Image, ImageDraw

from ingest.document import MOST_BYTES, DocumentError, read_document

WORDS = "Ozone ends knee pain for good"


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def _pdf(text: str = "", password: str = "") -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(400, 200)
    if text:
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = stream
    if password:
        writer.encrypt(password)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _picture(kind: str, size: tuple[int, int] = (900, 200)) -> bytes:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((20, 60), WORDS, fill="black", font_size=48)
    written = io.BytesIO()
    image.save(written, kind)
    return written.getvalue()


def _zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("page.txt", WORDS)
    return written.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_read_in_whatever_encoding(encoding):
    text = "Ozone café: « reposé » après une séance, naïveté et déjà vu à l'hôtel"
    assert read_document(text.encode(encoding), "advert.txt").text == text


def test_a_page_gives_its_visible_words_and_runs_nothing():
    body = (
        "<h1>Ozone</h1><script>document.write('hidden')</script><p>heals <b>knees</b></p>"
        "<ul><li>one</li><li>two</li></ul><p style='display: none'>unseen</p><p hidden>nor this</p>"
    )
    lines = [line for line in read_document(_page(body), "a.html").text.split("\n") if line.strip()]
    assert [line.strip() for line in lines] == ["Ozone", "heals knees", "one", "two"]


def test_a_saved_page_is_read():
    saved = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(
        "<p>Ozone drips</p>"
    )
    assert read_document(saved, "page.mhtml").text.strip() == "Ozone drips"


def test_a_pdf_gives_its_text():
    document = read_document(_pdf(WORDS), "leaflet.pdf")
    assert document.text.strip() == WORDS
    assert not document.by_sight


@pytest.mark.skipif(which("tesseract") is None, reason="no tesseract here")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_a_picture_is_read_by_sight(kind):
    document = read_document(_picture(kind), "photo")
    assert "knee pain" in document.text
    assert document.by_sight


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n ", "a.txt", "empty"),
        (b"MZ\x90\x00" * 50, "a.txt", "program"),
        (b"\x7fELF" + bytes(200), "a.txt", "program"),
        (bytes(range(256)) * 40, "a.txt", "program"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "a.doc", "office"),
        (_zip(), "a.pdf", "archive"),
        (b"%PDF-1.4\n" + b"nonsense" * 500, "a.pdf", "damaged"),
        (_pdf(), "a.pdf", "no_text"),
        (_pdf(WORDS, "secret"), "a.pdf", "encrypted"),
        (b"\x89PNG\r\n\x1a\n" + b"broken" * 20, "a.png", "damaged"),
        (b"x" * (MOST_BYTES + 1), "a.txt", "too_large"),
    ],
)
def test_what_gives_no_text_says_what_to_do(data, name, reason):
    if reason == "damaged" and name.endswith("png") and which("tesseract") is None:
        pytest.skip("no tesseract here")
    with pytest.raises(DocumentError) as error:
        read_document(data, name)
    assert error.value.reason == reason
    assert "aste" in str(error.value) or "choose" in str(error.value).lower()


def test_a_bomb_ends_in_a_sentence():
    bomb = zlib.compress(b"0 " * 60_000_000, 9)
    parts = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>endobj "
        b"4 0 obj<</Length " + str(len(bomb)).encode() + b"/Filter/FlateDecode>>stream\n"
    )
    with pytest.raises(DocumentError):
        read_document(parts + bomb + b"\nendstream endobj\ntrailer<</Root 1 0 R>>", "a.pdf")


def test_a_page_that_nests_without_end_is_bounded(monkeypatch):
    monkeypatch.setattr("ingest.document.SECONDS", 2)
    with pytest.raises(DocumentError) as error:
        read_document(_page("<div>" * 200_000 + "x"), "a.html")
    assert error.value.reason in ("too_slow", "damaged", "too_big")
