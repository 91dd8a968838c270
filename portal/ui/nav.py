"""The main menu of each audience, as URL names. A line whose name does not resolve is not shown: no dead links.

Not here: who may open a page (each view's declared access); a line is shown only to roles listed with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.kit.roles import Audience, Role


@dataclass(frozen=True)
class Line:
    """One menu line: title, URL name without arguments, audience; ``roles`` empty means every role of it."""

    title: str | Promise
    url_name: str
    audience: Audience
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class ShownLink:
    title: str
    url: str
    current: bool = False
    icon: str = ""


LINES: tuple[Line, ...] = (
    Line(_("旅行"), "trips:home", Audience.SCHOOL),
    Line(_("受付箱"), "mofa_requests:inbox", Audience.AUTHORITY),
    Line(_("学校一覧"), "mofa_requests:schools", Audience.AUTHORITY),
    Line(_("会員校と旅行"), "jcsos:home", Audience.JCSOS),
    Line(_("運用"), "ui:operations", Audience.PLATFORM),
)
ACCOUNT_LINES = (
    (_("サインインの安全設定"), "mfa_index", "shield"),
    (_("サインイン中の端末"), "usersessions_list", "lock"),
    (_("パスワードの変更"), "account_change_password", "draft"),
)
FOOTER_LINES = ((_("規則一覧"), "ui:rules"), (_("使い方"), "ui:help"), (_("部品見本"), "ui:gallery"))


def url_or_empty(name: str) -> str:
    """The path of a URL name, or nothing while no such page exists."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def menu_for(request: HttpRequest, role: Role | None) -> list[ShownLink]:
    """The menu of the role one acts in, the line of the present page marked."""
    if role is None:
        return []
    lines = [line for line in LINES if line.audience is role.audience and (not line.roles or role in line.roles)]
    shown = [ShownLink(str(line.title), url_or_empty(line.url_name)) for line in lines]
    return [ShownLink(link.title, link.url, _is_under(request.path, link.url)) for link in shown if link.url]


def _is_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def account_links() -> list[ShownLink]:
    """What a person may do with the own account, as far as the pages exist."""
    links = [ShownLink(str(title), url_or_empty(name), icon=icon) for title, name, icon in ACCOUNT_LINES]
    return [link for link in links if link.url]


def footer_links() -> list[ShownLink]:
    """The pages linked from every footer, as far as they exist."""
    links = [ShownLink(str(title), url_or_empty(name)) for title, name in FOOTER_LINES]
    return [link for link in links if link.url]
