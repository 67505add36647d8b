"""What a public form does not ask for never reaches the disk."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cms.common.formpost import BlockFormView
from cms.common.forms import PublicForm
from cms.common.formtokens import make_token


class WordForm(PublicForm, forms.Form):
    word = forms.CharField()


class WordView(BlockFormView):
    form_class = WordForm

    def form_valid(self, form: Any) -> HttpResponse:
        return HttpResponse(form.cleaned_data["word"])


def _post(rf: RequestFactory, kilobytes: int) -> HttpRequest:
    heavy = SimpleUploadedFile("paino.bin", b"x" * kilobytes * 1024)
    data = {"word": "sana", "form_token": make_token(), "heavy": heavy}
    return rf.post("/", data, HTTP_SEC_FETCH_SITE="same-origin")


def test_a_form_without_a_file_field_keeps_the_words_and_drops_the_file(db: None, rf: RequestFactory) -> None:
    request = _post(rf, 200)
    assert WordView.as_view()(request).content == b"sana"
    assert sum(file.size for file in request.FILES.values()) == 0


def test_a_form_with_one_takes_what_it_allows(db: None, rf: RequestFactory) -> None:
    request = _post(rf, 100)
    WordView.as_view(max_upload_bytes=150 * 1024)(request)
    assert sum(file.size for file in request.FILES.values()) == 100 * 1024


def test_of_a_heavier_file_no_more_than_one_piece_beyond_the_limit_is_read(db: None, rf: RequestFactory) -> None:
    request = _post(rf, 4000)
    WordView.as_view(max_upload_bytes=150 * 1024)(request)
    assert sum(file.size for file in request.FILES.values()) <= (150 + 64) * 1024
