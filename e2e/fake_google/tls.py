"""TLS in front of the plain server, which has none: what comes is deciphered and handed on byte for byte.

So every answer, and every line that is cut, is the same with TLS as without.
"""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Final

MOST_AT_ONCE: Final = 65_536  # bytes


@contextmanager
def relaying(context: ssl.SSLContext, host: str, port: int, to: tuple[str, int]) -> Iterator[tuple[str, int]]:
    """In a thread, for as long as the block lasts; gives the host and the port it listens at. Raises OSError."""
    ready: Future[tuple[str, int]] = Future()
    stopping: Future[None] = Future()
    thread = threading.Thread(
        target=lambda: asyncio.run(serve(context, host, port, to, ready, stopping)), name="tls", daemon=True
    )
    thread.start()
    try:
        yield ready.result()
    finally:
        if not stopping.done():
            stopping.set_result(None)
        thread.join(5)


async def serve(
    context: ssl.SSLContext,
    host: str,
    port: int,
    to: tuple[str, int],
    ready: Future[tuple[str, int]],
    stopping: Future[None],
) -> None:
    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):  # whoever asked has gone; ssl.SSLError is one, too
            await both_ways(reader, writer, to)

    try:
        server = await asyncio.start_server(relay, host, port, ssl=context)
    except OSError as taken:
        ready.set_exception(taken)
        return
    async with server:
        listens = server.sockets[0].getsockname()
        ready.set_result((listens[0], listens[1]))
        await asyncio.wrap_future(stopping)


async def both_ways(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, to: tuple[str, int]) -> None:
    """Until either side has closed: in HTTP the other one then has nothing more to say."""
    try:
        there, back = await asyncio.open_connection(*to)
        try:
            pumps = {asyncio.ensure_future(pump(reader, back)), asyncio.ensure_future(pump(there, writer))}
            done, left = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            for one in left:
                one.cancel()
            for one in done:
                one.result()
        finally:
            back.close()
    finally:
        writer.close()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while some := await reader.read(MOST_AT_ONCE):
        writer.write(some)
        await writer.drain()
