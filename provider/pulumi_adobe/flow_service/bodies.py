"""Bodies of HTTP responses: their length and their charset."""

from __future__ import annotations

import codecs
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError

if TYPE_CHECKING:
    import requests

MAX_BODY_LENGTH: Final = 5 * 1024 * 1024
"""The most bytes that are read of a response, after decompression.

A page of a thousand connections takes about 2 MiB. What Python makes of JSON can take twenty times its bytes.
"""

_CHUNK_SIZE: Final = 65536
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the start of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_body(response: requests.Response, deadline: float) -> str:
    """Return the body, up to a length that no valid response has; a longer one is cut off, and so no JSON.

    Args:
        response: The response, whose body was not read yet.
        deadline: The time of the monotonic clock at which the body must be complete.

    Raises:
        SendError: The body is not complete by then.
    """
    chunks: list[bytes] = []
    remaining = MAX_BODY_LENGTH
    while remaining > 0 and (chunk := response.raw.read1(_CHUNK_SIZE, decode_content=True)):
        chunks.append(chunk)
        remaining -= len(chunk)
        if time.monotonic() >= deadline:
            raise SendError(SendFailure.NO_RESPONSE, "timed out in the middle of the response")
    return _decode(b"".join(chunks), response)


def _decode(body: bytes, response: requests.Response) -> str:
    """Decode the body by its byte order mark, else by its charset, else as one of the encodings that JSON may have.

    It must be decoded in any case: the response may be to a POST that took effect, whose id would be lost.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if body.startswith(mark)), None)
    if encoding is None and "charset" in response.headers.get("Content-Type", "").lower():
        encoding = response.encoding
    if encoding:
        with suppress(LookupError, ValueError):
            return body.decode(encoding, "replace")
    # RFC 8259, 8.1, asks for UTF-8; RFC 4627, 3, recognized UTF-16 and UTF-32 by the zero bytes at their start.
    return body.decode(json.detect_encoding(body), "replace")
