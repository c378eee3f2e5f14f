"""The rendering of a page, or of its live part, which the script requests every two seconds."""

from __future__ import annotations

import hashlib
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from flow_service_emulator.clock import now
from flow_service_emulator.console import assets, formats
from flow_service_emulator.request import get_emulator

if TYPE_CHECKING:
    from starlette.requests import Request

SECURITY = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # With `no-referrer` a browser would send `Origin: null` with the console's own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LIVE_HEADER = "x-console-part"
_NOT_MODIFIED = 304


def render_page(request: Request, title: str, template: str, status: int = 200, **shown: Any) -> Response:
    """Render a page, or only its live part for the script.

    ``template`` is the live part; the templates that end in `_still.html` and `_below.html` are around it and do not
    change.

    The etag of the live part changes when the page does.
    """
    emulator = get_emulator(request)
    base = {
        "title": title,
        "path": request.url.path,
        "now": now(),
        "ahead": _get_clock_lead(),
        "query": request.query_params,
    }
    context = {**base, "waiting": emulator.faults.all(), **shown}
    part = _get_environment().get_template(template).render(context)
    etag = f'"{hashlib.sha256(_encode_page(part)).hexdigest()[:16]}"'
    headers = {**SECURITY, "Cache-Control": "no-store", "ETag": etag, "Vary": LIVE_HEADER}
    if request.headers.get(LIVE_HEADER) != "live":
        around = {where: template.replace(".html", f"_{where}.html") for where in ("still", "below")}
        context |= {**around, "etag": etag, "part": Markup(part)}  # noqa: S704 - rendered with escaping just above
        whole = _get_environment().get_template("page.html").render(context)
        return Response(_encode_page(whole), status, headers, "text/html")
    if request.headers.get("if-none-match") == etag:
        return Response(None, _NOT_MODIFIED, headers)
    return Response(_encode_page(part), status, headers, "text/html")


@cache
def _get_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("flow_service_emulator.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "when": formats.format_time,
        "span": formats.format_duration,
        "text": formats.format_text,
        "pretty": formats.format_json,
    }
    environment.globals["asset"] = assets.build_asset_address
    return environment


def _get_clock_lead() -> int:
    """Return by how many seconds the clock has been advanced."""
    return round(now() / 1000 - time.time())


def _encode_page(page: str) -> bytes:
    """Return a page in UTF-8; half a surrogate pair, which JSON can have, is replaced."""
    return page.encode("utf-8", "replace")
