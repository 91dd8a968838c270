"""A form's act: done and said once, or refused in the language of the page with what was typed still there."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from portal.kit.machine import Refused
from portal.ui.performing import perform


class NoteForm(forms.Form):
    note = forms.CharField()


@pytest.fixture
def request_at_hand(rf: RequestFactory) -> HttpRequest:
    request = rf.post("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def said_to(request: HttpRequest) -> list[str]:
    return [str(message) for message in get_messages(request)]


def test_what_was_done_is_said(request_at_hand: HttpRequest) -> None:
    given: list[str] = []
    form = NoteForm({"note": "髙﨑"})
    assert perform(request_at_hand, form, lambda form: given.append(form.cleaned_data["note"]), "残しました")
    assert (given, said_to(request_at_hand)) == (["髙﨑"], ["残しました"])


@pytest.mark.parametrize(("language", "words"), [("ja", "もう終わっています"), ("en", "It is over.")])
def test_a_refusal_stands_on_the_form_in_the_language_of_the_page(
    request_at_hand: HttpRequest, language: str, words: str
) -> None:
    def refuse(form: NoteForm) -> None:
        raise Refused("もう終わっています", "It is over.")

    form = NoteForm({"note": "髙﨑"})
    with translation.override(language):
        assert not perform(request_at_hand, form, refuse, "残しました")
    assert form.non_field_errors() == [words]
    assert form["note"].value() == "髙﨑"
    assert said_to(request_at_hand) == []


def test_a_form_that_cannot_be_read_is_not_acted_on(request_at_hand: HttpRequest) -> None:
    assert not perform(request_at_hand, NoteForm({}), lambda form: pytest.fail("acted"), "残しました")
    assert said_to(request_at_hand) == []
