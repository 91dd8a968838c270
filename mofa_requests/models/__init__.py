"""What a request is kept in. No writes here; see actions."""

from mofa_requests.models.authority import AuthoritySettings
from mofa_requests.models.calendar import CalendarFeed
from mofa_requests.models.case import CaseRow, MofaRequest
from mofa_requests.models.deputy import Deputy
from mofa_requests.models.desk import DigestWish, SavedView
from mofa_requests.models.exchange import Inquiry
from mofa_requests.models.forwarding import FaxOrder, MailOrder, NumberSeries
from mofa_requests.models.letterhead import Letterhead
from mofa_requests.models.noticeboard import BoardNotice, NoticeReading
from mofa_requests.models.review import Condition, Decision, Remark, TickSheet
from mofa_requests.models.revision import Revision, RevisionPersons
from mofa_requests.models.sending import Dispatch, LetterRecord, Packet, Receipt, Reply

__all__ = [
    "AuthoritySettings",
    "BoardNotice",
    "CalendarFeed",
    "CaseRow",
    "Condition",
    "Decision",
    "Deputy",
    "DigestWish",
    "Dispatch",
    "FaxOrder",
    "Inquiry",
    "LetterRecord",
    "Letterhead",
    "MailOrder",
    "MofaRequest",
    "NoticeReading",
    "NumberSeries",
    "Packet",
    "Receipt",
    "Remark",
    "Reply",
    "Revision",
    "RevisionPersons",
    "SavedView",
    "TickSheet",
]
