"""Every error this server answers with: one registry entry a kind, one shape on the wire.

Source: RFC 9457, Problem Details for HTTP APIs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Scope

MEDIA_TYPE = "application/problem+json"
MAX_ERRORS = 20
PATH = "/problems"
SEVERAL = f"Several values are not as expected; errors lists them, {MAX_ERRORS} at most."

Text = Mapping[str, str]


def text(en: str, zh: str) -> Text:
    """A sentence in both languages."""
    return MappingProxyType({"en": en, "zh": zh})


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of error.

    Attributes:
        slug: its stable name; ``type`` in an answer is ``/problems/`` and this.
        status: the HTTP status.
        title: what went wrong, in a few words, by language.
        description: when it happens and what to do about it, by language.
    """

    slug: str
    status: int
    title: Text
    description: Text

    @property
    def type(self) -> str:
        """The relative URI that stands for this kind and under which it is described."""
        return f"{PATH}/{self.slug}" if self.slug else "about:blank"


INVALID_JSON = Kind(
    "invalid-json",
    422,
    text("The body is not JSON", "请求体不是 JSON"),
    text(
        "The request body cannot be read as one JSON value in UTF-8, or a name stands twice in one object. "
        "The detail says where reading stopped.",
        "请求体无法按一个 UTF-8 编码的 JSON 值读出，或同一对象中有重名字段。detail 说明在何处读不下去。",
    ),
)
VALIDATION = Kind(
    "validation",
    422,
    text("The request does not hold together", "请求内容不符合要求"),
    text(
        "The JSON can be read, but a value is missing, unknown, of another type, not finite, or does not fit the "
        "values around it. Each entry of errors points at one such value and says what was expected and what came.",
        "JSON 可以读出，但有的值缺失、未知、类型不对、不是有限数，或与其他值不相配。errors 的每一项指出一处，"
        "并说明应当是什么、实际是什么。",
    ),
)
LIMIT_EXCEEDED = Kind(
    "limit-exceeded",
    422,
    text("The request goes over a limit", "请求超出限额"),
    text(
        "The request asks for more than this server computes in one go. The member limit names the limit; the "
        "catalogue lists all of them, and whoever runs the server can change them.",
        "请求的计算量超出本服务器一次所能处理的范围。limit 给出该限额的名称；"
        "目录中列有全部限额，由服务器的管理者设定。",
    ),
)
BODY_TOO_LARGE = Kind(
    "body-too-large",
    413,
    text("The request body is too large", "请求体过大"),
    text(
        "The body has more bytes than the limit body_bytes allows. Of a table, send fewer rows or columns.",
        "请求体的字节数超过限额 body_bytes。如果是表格，请减少行或列。",
    ),
)
UNSUPPORTED_MEDIA_TYPE = Kind(
    "unsupported-media-type",
    415,
    text("The body is not declared as it has to be", "请求体的类型声明不符合要求"),
    text(
        "The header Content-Type is missing or names another media type than the operation takes (application/json, "
        "if its description says nothing else), or the body is packed by a Content-Encoding. With curl, use --json, or "
        "add the option -H 'Content-Type: application/json'.",
        "缺少 Content-Type 请求头，或所声明的媒体类型不是该操作接受的类型（若无另外说明，即 application/json），"
        "或请求体用 Content-Encoding 压缩过。使用 curl 时请用 --json，或加上 -H 'Content-Type: application/json'。",
    ),
)
HOST_NOT_ALLOWED = Kind(
    "host-not-allowed",
    421,
    text("The server is not called by this name", "服务器不以此名称提供服务"),
    text(
        "The header Host has a name that this server does not know as its own: it is neither localhost, nor an IP "
        "address, nor in the setting BACKPROPSCOPE_ALLOWED_HOSTS. Whoever runs the server adds the name there.",
        "Host 请求头中的名称不是本服务器已知的名称：既不是 localhost，也不是 IP 地址，"
        "也不在 BACKPROPSCOPE_ALLOWED_HOSTS 设置中。请服务器的管理者把这个名称加进该设置。",
    ),
)
OTHER_SITE = Kind(
    "other-site",
    403,
    text("The request comes from another site", "请求来自其他网站"),
    text(
        "A page of another site has had the browser send this request. Pages of other sites may call the API only if "
        "whoever runs the server names them in the setting BACKPROPSCOPE_CORS_ORIGINS.",
        "这个请求由其他网站的页面让浏览器发出。只有服务器的管理者在 BACKPROPSCOPE_CORS_ORIGINS "
        "设置中列出的网站，其页面才能调用接口。",
    ),
)
NOT_A_TABLE = Kind(
    "not-a-table",
    422,
    text("This is not a table", "这不是表格"),
    text(
        "The file cannot be read as a table of text: it is empty, a spreadsheet, a picture, a compressed file or "
        "another kind of data. The detail says what it is and what to do; the member text says it in both languages.",
        "文件无法按文本表格读取：它是空的，或是电子表格、图片、压缩文件等。detail 说明它是什么、应当怎么做；"
        "text 用两种语言说明。",
    ),
)
NOT_FOUND = Kind(
    "not-found",
    404,
    text("There is nothing here", "此处没有内容"),
    text("No page and no part of the API has this path.", "没有任何页面或接口使用这个路径。"),
)
PRESET_NOT_FOUND = Kind(
    "preset-not-found",
    404,
    text("There is no such preset", "没有这个预设"),
    text(
        "No preset has this name; /api/v1/presets lists all of them.",
        "没有叫这个名字的预设；/api/v1/presets 列出全部预设。",
    ),
)
SESSION_NOT_FOUND = Kind(
    "session-not-found",
    404,
    text("There is no such session", "没有这个会话"),
    text(
        "No session has this id: it was never made, was deleted, has expired because it was not used for a day, or has "
        "made room for newer ones.",
        "没有这个编号的会话：它从未建立、已被删除、因一天未使用而过期，或已为较新的会话让出空间。",
    ),
)
LINK_NOT_FOUND = Kind(
    "link-not-found",
    404,
    text("There is no such short link", "没有这个短链接"),
    text(
        "No link is kept under this id: it was never made, or has made room for newer ones. Whoever sent it can send "
        "the full link, which needs no server.",
        "这个编号下没有保存链接：它从未建立，或已为较新的链接让出空间。可以请发送者改发完整链接，它不依赖服务器。",
    ),
)
SESSION_MOVED = Kind(
    "session-moved",
    409,
    text("The session stands elsewhere", "会话不在所说的位置"),
    text(
        "The move named a cursor, and the session does not stand there: the move was done already and its answer lost, "
        "or somebody else has moved the session. cursor says where it stands; GET /api/v1/sessions/{id}/steps gives "
        "the steps that were done.",
        "请求给出了 cursor，但会话不在那里：这一步已经走过而答复丢失，或者别人移动了会话。cursor 说明它现在的位置；"
        "GET /api/v1/sessions/{id}/steps 可重新取得已执行的步骤。",
    ),
)
RUN_NOT_FOUND = Kind(
    "run-not-found",
    404,
    text("There is no such run", "没有这次训练"),
    text(
        "No training run has this id (it was not kept, was deleted, has expired or made room for newer ones), or no "
        "parameters are kept for the epoch asked for.",
        "没有这个编号的训练记录（当时未保存、已被删除、已过期，或已为新的记录让位），或所求的那一轮没有保存参数。",
    ),
)
RUN_IS_RUNNING = Kind(
    "run-is-running",
    409,
    text("The run is going on already", "这次训练正在进行"),
    text(
        "A run is trained by one stream at a time. Close the stream that trains it, then continue the run.",
        "一次训练同时只能由一个事件流推进。请先关闭正在训练它的流，再继续。",
    ),
)
RUN_HAS_ENDED = Kind(
    "run-has-ended",
    409,
    text("The run has come to its end", "这次训练已经结束"),
    text(
        "All epochs of this run are done, or it has diverged. One that has finished goes on if the member epochs "
        "asks for more in all.",
        "这次训练的所有轮次都已完成，或者已经发散。已完成的训练，用 epochs 给出更大的总轮数即可继续。",
    ),
)
METHOD_NOT_ALLOWED = Kind(
    "method-not-allowed",
    405,
    text("This path has no such method", "此路径不支持该方法"),
    text("The header Allow lists the methods that this path has.", "响应头 Allow 列出此路径支持的方法。"),
)
TOO_BUSY = Kind(
    "too-busy",
    429,
    text("Too much work at once", "同时进行的计算过多"),
    text(
        "As many long computations as the limit concurrent_work allows are running or waiting. "
        "Try again after the seconds in the header Retry-After.",
        "正在运行或等待的大型计算已达限额 concurrent_work。请在 Retry-After 所示的秒数之后重试。",
    ),
)
STORE_UNAVAILABLE = Kind(
    "store-unavailable",
    503,
    text("The session store is not available", "会话存储不可用"),
    text(
        "The server cannot read or write its store of sessions just now (the disk is full, read-only or damaged). "
        "Everything that needs no session still works.",
        "服务器目前无法读写会话存储（磁盘已满、只读或损坏）。不需要会话的功能均可照常使用。",
    ),
)
INTERNAL_ERROR = Kind(
    "internal-error",
    500,
    text("The server made a mistake", "服务器出错"),
    text(
        "This is a fault of the server, not of the request. Whoever runs it finds it in the log under the request_id.",
        "这是服务器的错误，与请求无关。管理者可凭 request_id 在日志中查到它。",
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.slug: kind
        for kind in (
            INVALID_JSON,
            VALIDATION,
            LIMIT_EXCEEDED,
            BODY_TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
            HOST_NOT_ALLOWED,
            OTHER_SITE,
            NOT_A_TABLE,
            NOT_FOUND,
            PRESET_NOT_FOUND,
            SESSION_NOT_FOUND,
            LINK_NOT_FOUND,
            SESSION_MOVED,
            RUN_NOT_FOUND,
            RUN_IS_RUNNING,
            RUN_HAS_ENDED,
            METHOD_NOT_ALLOWED,
            TOO_BUSY,
            STORE_UNAVAILABLE,
            INTERNAL_ERROR,
        )
    }
)


TOLD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "limit_exceeded": ("limit", "value"),
        "not_a_choice": ("choices",),
        "out_of_range": ("least", "most"),
        "too_large": ("most",),
        "too_long": ("most",),
        "too_short": ("least", "came"),
        "too_small": ("least",),
        "wrong_length": ("expected", "came"),
    }
)
"""Which data an error of a code may carry: all of these or none, so that a text can be written around them."""


@dataclass(frozen=True)
class InputError:
    """One thing wrong with a request body.

    The pages tell it in the reader's language: a code needs a text ``error.code.<code>`` in both languages, and with
    data one more, ``error.code.<code>.told``; ``tests/pages/texts/test_error_texts.py`` asks for them.

    Attributes:
        pointer: JSON Pointer to it, into the request body.
        code: a stable word for what is wrong, for programs and translations.
        detail: one sentence in English: what was expected and what came, never the value itself.
        params: the numbers and names in that sentence as data, see ``TOLD``; nothing of the request as it was sent.
    """

    pointer: str
    code: str
    detail: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Hold the data to what is said to come with the code."""
        if self.params and tuple(self.params) != TOLD.get(self.code):
            raise ValueError(f"{self.code} carries {TOLD.get(self.code)}, not {tuple(self.params)}")


class Problem(Exception):
    """An answer that is an error, raised anywhere on the way to an answer."""

    def __init__(
        self,
        kind: Kind,
        detail: str,
        *,
        errors: list[InputError] | None = None,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        """Describe the error.

        Args:
            kind: an entry of ``KINDS``.
            detail: one sentence about this occurrence; nothing in it comes from the request as it was sent.
            errors: for wrong input, each place.
            headers: to send along.
            members: further members of the JSON object.
        """
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.errors = errors
        self.headers = headers
        self.members = members


def invalid(errors: list[InputError]) -> Problem:
    """The answer to a body whose values do not hold together."""
    first = errors[0]
    return Problem(VALIDATION, first.detail if len(errors) == 1 else SEVERAL, errors=errors[:MAX_ERRORS])


def over_limit(name: str, value: int, came: str, pointer: str = "") -> Problem:
    """The answer to a request over the limit ``name``, whose value is ``value``; ``came`` says what it asks for."""
    detail = f"The limit {name} is {value}; {came}."
    errors = [InputError(pointer, "limit_exceeded", detail, {"limit": name, "value": value})]
    return Problem(LIMIT_EXCEEDED, detail, errors=errors, limit={"name": name, "value": value})


def other(status: int) -> Kind:
    """A kind for a status of HTTP that needs no description of ours; RFC 9457 calls its type about:blank."""
    phrase = HTTPStatus(status).phrase
    return Kind("", status, text(phrase, phrase), text("", ""))


def request_id(scope: Scope) -> str:
    """The id of this request, as in the header X-Request-ID; empty before the envelope has given one."""
    identity: str = scope.get("state", {}).get("request_id", "")
    return identity


def respond(problem: Problem, scope: Scope) -> Response:
    """The problem as a response: a page where a browser asked for one, else problem+json."""
    as_page = getattr(scope["app"].state, "problem_page", None) if "app" in scope else None
    if as_page and (page := as_page(problem, scope)):
        shown: Response = page
        return shown
    kind = problem.kind
    body: dict[str, Any] = {
        "type": kind.type,
        "title": kind.title["en"],
        "status": kind.status,
        "detail": problem.detail,
        **problem.members,
    }
    if problem.errors is not None:
        body["errors"] = problem.errors
    body["request_id"] = request_id(scope)
    return Response(orjson.dumps(body), kind.status, problem.headers, MEDIA_TYPE)


def refuse(pointer: str, code: str, detail: str, **params: float) -> Problem:
    """The answer to one wrong value."""
    return invalid([InputError(pointer, code, detail, params)])
