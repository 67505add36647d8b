"""What a camera writes into a photo is gone before anybody can fetch it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.ExifTags import IFD, Base
from pytest_django import Settings

from cms.images.models import CityImage
from cms.users.models import User


def _photo(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[Base.Make] = "Kamera Oy"
    exif[Base.Orientation] = orientation
    exif.get_ifd(IFD.GPSInfo)[2] = (60.0, 37.0, 48.0)
    target = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(target, format="JPEG", exif=exif)
    return target.getvalue()


@pytest.fixture
def editor_client(client: Client, db: None, settings: Settings, tmp_path: object) -> Client:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(User.objects.create_superuser("kuvaaja", password="ei-tarvita-tassa"))
    return client


def _upload(client: Client, content: bytes) -> CityImage:
    answer = client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Ranta",
            "description": "Ranta kesällä",
            "file": SimpleUploadedFile("ranta.jpg", content, "image/jpeg"),
            "credit": "",
            "tags": "",
        },
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return CityImage.objects.get()


def test_an_editors_photo_keeps_neither_place_nor_camera(editor_client: Client) -> None:
    assert b"Kamera Oy" in _photo()
    image = _upload(editor_client, _photo())
    stored = image.file.read()
    assert b"Kamera Oy" not in stored
    assert b"Exif" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()


def test_a_photo_taken_sideways_stands_upright_and_its_size_is_true(editor_client: Client) -> None:
    image = _upload(editor_client, _photo(orientation=6))
    assert (image.width, image.height) == (20, 40)
    assert Image.open(image.file).size == (20, 40)
    assert image.file_size == image.file.size
