"""What came back over the wire, seen before boto3 reads it: is it from AWS, and can boto3 read it?"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from extract.errors import ExtractError, ServiceError, TransientServiceError
from extract.providers.bedrock.fields import read_count, read_object, read_reason, read_text
from extract.replies.redact import redact

_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.I | re.S)
_LONGEST_TITLE = 80
_NO_BRACKETS = str.maketrans("<>", "  ")
_PROXY_LOGIN = 407
_TOO_MANY = 429
_SERVER_ERRORS = range(500, 600)


def inspect_response(response_dict: dict[str, Any], **_: object) -> None:
    """Look at a response before boto3 does (botocore's event `before-parse`).

    Raises:
        ExtractError: somebody else than AWS has answered.
        CallFailed: the reply's text is neither a text nor a list of parts.
    """
    status, headers, body = response_dict["status_code"], response_dict["headers"], response_dict["body"]
    raw = body if isinstance(body, bytes) else b""
    if status == _PROXY_LOGIN or not _is_from_aws(headers, raw):
        # The body of InvokeModel is a stream; a page is read here instead of there.
        raise explain_proxy(status, raw if isinstance(body, bytes) else body.read())
    if status == 200 and response_dict["context"]["operation_name"] == "Converse":
        response_dict["body"] = _tidy_converse(raw)


def explain_proxy(status: int | str, page: bytes = b"") -> ExtractError:
    """Say that something between here and AWS has answered, by its title and without its page."""
    title = f", {_read_title(page)!r}" if _read_title(page) else ""
    said = f"a proxy answered in the place of Amazon Bedrock (HTTP {status}{title})"
    if status == _PROXY_LOGIN:
        return ServiceError("proxy", f"{said}: it wants a user and a password. Put them in HTTPS_PROXY.")
    if status == _TOO_MANY or status in _SERVER_ERRORS:
        return TransientServiceError("Proxy", said, is_throttled=status == _TOO_MANY)
    return ServiceError(
        "proxy",
        f"{said}. Check HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL, or ask the network's administrator to let "
        "bedrock-runtime through. What landed stays.",
    )


def is_page(raw: bytes) -> bool:
    """Tell whether a body is a page of markup, which Bedrock never answers with."""
    return raw.lstrip()[:1] == b"<"


def _is_from_aws(headers: Mapping[str, str], raw: bytes) -> bool:
    kind = str(headers.get("content-type", "")).lower()
    if "html" in kind or is_page(raw):
        return False
    # AWS numbers and names what it answers; words without that, which are no JSON, are somebody else's.
    is_marked = any(str(name).lower().startswith("x-amz") for name in headers)
    return is_marked or "json" in kind or not raw or raw.lstrip()[:1] in (b"{", b"[")


def _read_title(page: bytes) -> str:
    found = _TITLE.search(page[:20_000].decode("utf-8", "replace"))
    words = html.unescape(re.sub(r"<[^>]*>?", " ", found[1])).translate(_NO_BRACKETS) if found else ""
    return redact(" ".join(words.split()))[:_LONGEST_TITLE]


def _tidy_converse(raw: bytes) -> bytes:
    """Bring a reply to the one form that boto3's parser takes: it falls over null and over other types."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = {}
    message = read_object(read_object(body).get("output")).get("message")
    if not isinstance(message, dict):
        return b"{}"
    usage = {
        name: count
        for name, value in read_object(body.get("usage")).items()
        if (count := read_count(value)) is not None
    }
    tidied = {
        "output": {"message": {"role": "assistant", "content": [{"text": read_text(message.get("content"))}]}},
        "usage": usage,
        **({"stopReason": read_reason(body["stopReason"])} if "stopReason" in body else {}),
    }
    return json.dumps(tidied).encode()
