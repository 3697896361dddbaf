"""The connection under the server: what is written in one go leaves in one packet."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol


class Gathered:
    """A transport that gathers what is written until the loop turns: head and body go out together."""

    def __init__(self, inner: asyncio.Transport) -> None:
        self._inner = inner
        self._parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        """Everything else is the transport's own."""
        return getattr(self._inner, name)

    def write(self, data: bytes) -> None:
        """Keep the bytes until the loop turns."""
        if not self._parts:
            asyncio.get_running_loop().call_soon(self._flush)
        self._parts.append(data)

    def close(self) -> None:
        """Send what was kept, then close."""
        self._flush()
        self._inner.close()

    def _flush(self) -> None:
        parts, self._parts = self._parts, []
        if parts and not self._inner.is_closing():
            self._inner.write(b"".join(parts))


class Protocol(H11Protocol):
    """HTTP over a gathering transport: the two small writes of an answer cost more than its making."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin a connection."""
        super().connection_made(cast("asyncio.Transport", Gathered(transport)))
