"""The front door of the local cloud: the web client and everything it talks to, on one address.

`python -m infra.local.front --port N --site DIR --project P --bucket B --auth URL --firestore URL --functions URL
--storage URL` serves the built client from DIR as Firebase Hosting does, with `/__/firebase/init.json`, and passes on
what Google's SDKs ask for. Answers are passed on as they come, so that listeners and streams stay alive.
"""

import argparse
import mimetypes
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector, hdrs, web
from yarl import URL

# Belong to one connection, or are set anew by whoever sends.
_OWN = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length", "host", "date", "server"})
_NOT_BUILT = "The web client is not built yet. Run `make web`, then load this page again.\n"


@dataclass(frozen=True)
class Front:
    """What answers here. ``site`` is the folder of the built client; the others are addresses on loopback."""

    site: Path
    project: str
    bucket: str
    auth: str
    firestore: str
    functions: str
    storage: str

    def target(self, raw_path: str) -> str | None:
        """Where a request goes on to; None for what belongs to the client."""
        first, _, rest = raw_path[1:].partition("/")
        if first in {"identitytoolkit.googleapis.com", "securetoken.googleapis.com", "emulator"}:
            return self.auth + raw_path
        if first == "google.firestore.v1.Firestore":
            return self.firestore + raw_path
        if first == self.project:  # /{project}/{region}/{function}
            return f"{self.functions}/{rest.partition('/')[2]}"
        if first in {self.bucket, "upload"}:
            return self.storage + raw_path
        return None

    def facts(self) -> dict[str, object]:
        """What Firebase Hosting tells of the project, and that it is local."""
        return {"projectId": self.project, "apiKey": "local", "appId": "local", "local": True}

    def file(self, path: str) -> Path | None:
        """The file of the site that a path names; the page for any route of the client, None where there is nothing."""
        asked = (self.site / path.lstrip("/")).resolve()
        if asked.is_file() and asked.is_relative_to(self.site):
            return asked
        page = self.site / "index.html"
        return page if page.is_file() and not Path(path).suffix else None


def build_app(front: Front) -> web.Application:
    """The server as an application."""
    app = web.Application(client_max_size=0)
    session: web.AppKey[ClientSession] = web.AppKey("session", ClientSession)

    async def connect(app: web.Application) -> AsyncIterator[None]:
        # A listener is silent for minutes and open for hours; each tab has several.
        connector, patience = TCPConnector(limit=0), ClientTimeout(total=None, sock_connect=5)
        async with ClientSession(connector=connector, timeout=patience, auto_decompress=False) as app[session]:
            yield

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/__/firebase/init.json":
            return web.json_response(front.facts())
        if (target := front.target(request.raw_path)) is None:
            return _site(front, request)
        try:
            return await _passed_on(app[session], front, request, target)
        except ClientError as down:
            return web.Response(status=502, text=f"{target} does not answer: {down}\n")

    app.cleanup_ctx.append(connect)
    app.router.add_route("*", "/{path:.*}", answer)
    return app


async def _passed_on(session: ClientSession, front: Front, request: web.Request, target: str) -> web.StreamResponse:
    headers = {name: value for name, value in request.headers.items() if name.lower() not in _OWN}
    if request.content_length is not None:
        headers[hdrs.CONTENT_LENGTH] = str(request.content_length)
    body = request.content if request.can_read_body else None
    url = URL(target, encoded=True)
    async with session.request(request.method, url, headers=headers, data=body, allow_redirects=False) as reply:
        answer = web.StreamResponse(status=reply.status)
        answer.headers.extend((name, value) for name, value in reply.headers.items() if name.lower() not in _OWN)
        # Functions name media by the storage's own address: here it is reached through this door.
        here = f"{request.scheme}://{request.host}".encode() if target.startswith(front.functions) else None
        if here is None and reply.content_length is not None and reply.headers.get(hdrs.CONTENT_ENCODING) is None:
            answer.content_length = reply.content_length
        await answer.prepare(request)
        async for piece in _pieces(reply, whole=here is not None and reply.content_type == "application/json"):
            await answer.write(piece.replace(front.storage.encode(), here) if here else piece)
        await answer.write_eof()
    return answer


async def _pieces(reply: ClientResponse, whole: bool) -> AsyncIterator[bytes]:
    if whole:
        yield await reply.read()
        return
    async for piece in reply.content.iter_any():
        yield piece


def _site(front: Front, request: web.Request) -> web.StreamResponse:
    file = front.file(request.path)
    if file is None:
        return web.Response(status=404, text="" if (front.site / "index.html").is_file() else _NOT_BUILT)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    answer = web.Response(body=file.read_bytes(), content_type=kind)
    hashed = file.parent.name == "assets"
    answer.headers[hdrs.CACHE_CONTROL] = "public, max-age=31536000, immutable" if hashed else "no-cache"
    if not kind.startswith(("image/", "font/", "video/")) or kind == "image/svg+xml":
        answer.enable_compression()
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.local.front", description="Serves the web client.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--site", type=Path, required=True, help="folder of the built client")
    for name in ("project", "bucket", "auth", "firestore", "functions", "storage"):
        parser.add_argument(f"--{name}", required=True)
    options = vars(parser.parse_args())
    port = options.pop("port")
    front = Front(**options | {"site": options["site"].resolve()})
    # A browser that goes away ends what was asked for it.
    web.run_app(build_app(front), host="127.0.0.1", port=port, print=None, access_log=None, handler_cancellation=True)


if __name__ == "__main__":
    main()
