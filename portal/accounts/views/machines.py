"""Where machines get their tokens. Not here: which machines there are (actions), what a token opens (middleware)."""

from __future__ import annotations

import json

from allauth.idp.oidc.views import token as issue
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.accounts import actions
from portal.accounts.access import public


@public("機械利用のトークン発行(クライアントの秘密で確かめる)")
@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """As allauth issues it; that it did goes into the organisation's history with it."""
    answer: HttpResponse = issue(request)
    if answer.status_code == 200:
        actions.record_token(json.loads(answer.content)["access_token"])
    return answer
