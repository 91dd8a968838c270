"""The fax of a packet as pages: make the file with its cover, fetch it, say what became of it.

Not here: the acts (mofa_requests.actions.faxing), the page they stand on (sending).
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mofa_requests import queries
from mofa_requests.actions.faxing import fax_of, make_fax, settle_fax
from mofa_requests.enums import FaxState
from mofa_requests.models import FaxOrder
from portal.kit.machine import Refused
from portal.kit.pdf import RenderError
from portal.ui.authority.desk_forms import FaxForm, FaxOutcomeForm
from portal.ui.authority.doors import RequestPage, refused, request_page
from portal.ui.authority.sending import answer_act, packet_seen
from portal.ui.files_out import attachment
from portal.vault.files import FileLost


@request_page(purpose="ファックス用ファイルを作る")
def fax(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Give the packet out for one fax number."""

    def act(form: forms.Form) -> str:
        order = make_fax(page.request, packet_seen(request, page), number=form.cleaned_data["number"], by=page.actor)
        words = gettext("送信状を含めて%(n)d枚のファイルを作りました。送ったあと、届いたかどうかを記録してください。")
        return words % {"n": order.pages}

    return answer_act(request, page, "fax_form", FaxForm(request.POST or None), act)


@request_page(purpose="ファックス用ファイルを受け取る", step_up=True)
@require_safe
def fax_file(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Cover and packet as one TIFF, while the fax waits for its outcome."""
    order = _order(page)
    if order is None or order.state not in (FaxState.OUT.value, FaxState.UNKNOWN.value):
        refused(request, page, Refused(gettext("受け取れるファックス用ファイルはありません。先に作ってください。")))
        return redirect(page.url("sending"))
    try:
        content = fax_of(order)
    except (FileLost, RenderError):
        words = gettext("ファックス用のファイルを作れません。依頼書を確定し直すと、もう一度作られます。")
        refused(request, page, Refused(words))
        return redirect(page.url("sending"))
    name = f"{page.revision.document.get('trip_no') or 'irai'}-{page.revision.number}-fax.tif"
    return attachment(content, name, media_type="image/tiff")


@request_page(purpose="ファックスが届いたかを記録する")
def settle(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """What became of the fax; an unknown one goes on asking."""

    def act(form: forms.Form) -> str:
        order = _order(page)
        if order is None:
            raise Refused(gettext("ファックスはまだ作られていません。"))
        given = form.cleaned_data
        settle_fax(order, given["outcome"], note=given["note"], sent_on=given["sent_on"], by=page.actor)
        return {
            FaxState.ARRIVED: gettext("届いたことと送付を記録しました。学校に知らせました。"),
            FaxState.FAILED: gettext("届かなかったことを記録しました。もう一度作るか、別の方法で送ってください。"),
        }.get(given["outcome"], gettext("届いたか不明と記録しました。外務省に電話で確かめて、結果を記録してください。"))

    return answer_act(request, page, "fax_outcome_form", FaxOutcomeForm(request.POST or None), act)


def _order(page: RequestPage) -> FaxOrder | None:
    packet = queries.packet_of(page.revision) if page.forwards else None
    return queries.fax_order_of(packet) if packet else None
