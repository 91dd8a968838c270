"""The main menu, as URL names. A line is shown where its page exists and admits the role: no dead links.

Not here: who may open a page; that is each view's declared access, which the menu reads.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.declared import declared_access
from portal.kit.roles import Audience, Role


@dataclass(frozen=True)
class Line:
    """One menu line: title, URL name without arguments; ``audience`` narrows it where roles alone do not."""

    title: str | Promise
    url_name: str
    audience: Audience | None = None


@dataclass(frozen=True)
class ShownLink:
    title: str
    url: str
    current: bool = False
    icon: str = ""


LINES: tuple[Line, ...] = (
    Line(_("旅行"), "trips:home", Audience.SCHOOL),
    Line(_("受付箱"), "mofa_requests:inbox", Audience.AUTHORITY),
    Line(_("まとめて送付"), "mofa_requests:forwarding", Audience.AUTHORITY),
    Line(_("学校一覧"), "mofa_requests:schools", Audience.AUTHORITY),
    Line(_("周知"), "mofa_requests:notices", Audience.AUTHORITY),
    Line(_("統計"), "mofa_requests:statistics", Audience.AUTHORITY),
    Line(_("代理"), "mofa_requests:deputies", Audience.AUTHORITY),
    Line(_("所管庁からの周知"), "ui:told", Audience.SCHOOL),
    Line(_("審査の基準"), "mofa_requests:settings", Audience.AUTHORITY),
    Line(_("全体の状況"), "jcsos:dashboard", Audience.JCSOS),
    Line(_("会員校と旅行"), "jcsos:home", Audience.JCSOS),
    Line(_("会員"), "jcsos:members", Audience.JCSOS),
    Line(_("監査"), "jcsos:campaigns", Audience.JCSOS),
    Line(_("相談"), "jcsos:consultations", Audience.JCSOS),
    Line(_("窓口の一覧"), "jcsos:directory", Audience.JCSOS),
    Line(_("手続きの版"), "jcsos:editions", Audience.JCSOS),
    Line(_("J-TAS"), "jcsos:cases", Audience.JCSOS),
    Line(_("会員校へのお知らせ"), "jcsos:circulars", Audience.JCSOS),
    Line(_("セミナー"), "jcsos:seminars", Audience.JCSOS),
    Line(_("JCSOS"), "jcsos:ours", Audience.SCHOOL),
    Line(_("JCSOSのお知らせ"), "jcsos:our_circulars", Audience.SCHOOL),
    Line(_("セミナー"), "jcsos:our_seminars", Audience.SCHOOL),
    Line(_("運用"), "ui:operations", Audience.PLATFORM),
    Line(_("保険の一覧"), "insurance:catalogue"),
    Line(_("職員"), "accounts:members"),
    Line(_("所管する機関"), "accounts:organisations"),
)
ACCOUNT_LINES = (
    (_("氏名と言語"), "accounts:profile", "user"),
    (_("期限の予定表(.ics)"), "ui:calendar", "calendar"),
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
    urls = [(line, url_or_empty(line.url_name)) for line in LINES if line.audience in (None, role.audience)]
    # A page may lie under two lines (the inbox and its schools): the nearer one is where one is.
    here = max((url for _, url in urls if url and _is_under(request.path, url)), key=len, default="")
    return [ShownLink(str(line.title), url, current=url == here) for line, url in urls if url and _admits(url, role)]


def _admits(url: str, role: Role | None) -> bool:
    page = resolve(url)
    access = declared_access(page.func, page.view_name)
    return access is not None and (not access.roles or role in access.roles)


def _is_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def account_links(role: Role | None) -> list[ShownLink]:
    """What a person may do with the own account, as far as the pages exist and admit the role one acts in."""
    links = [ShownLink(str(title), url_or_empty(name), icon=icon) for title, name, icon in ACCOUNT_LINES]
    return [link for link in links if link.url and _admits(link.url, role)]


def footer_links() -> list[ShownLink]:
    """The pages linked from every footer, as far as they exist."""
    links = [ShownLink(str(title), url_or_empty(name)) for title, name in FOOTER_LINES]
    return [link for link in links if link.url]
