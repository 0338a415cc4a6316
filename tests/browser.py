"""Chromium without a window, driven over a pipe (DevTools protocol), with the Python standard library alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",  # tests run as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
]


class Page:
    """A page in a browser of its own. ``messages``: what the browser complains about; ``asked``: all requests."""

    def __init__(self, address: str):
        assert CHROMIUM, "chromium is not installed"
        self.messages: list[str] = []
        self.asked: list[str] = []
        self._ids, self._read = count(1), b""
        self._profile = TemporaryDirectory(ignore_cleanup_errors=True)
        self._process, self._out, self._in = _started(CHROMIUM, self._profile.name)
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.navigate", url=address)
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def __enter__(self) -> Page:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call("Browser.close")
        self._process.wait()
        self._out.close()
        self._in.close()
        self._profile.cleanup()

    def call(self, method: str, **parameters: Any) -> Any:
        """A command to the page and its result."""
        return self._call(method, self._session, **parameters)

    def value(self, script: str) -> Any:
        """What an expression is worth in the page. (The page has no script of its own.)"""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def shown(self, width: int, scheme: str = "light", height: int = 900, medium: str = "screen") -> None:
        """Show the page at a width in CSS pixels, in the light or dark scheme, on screen or for print."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        self.call(
            "Emulation.setEmulatedMedia", media=medium, features=[{"name": "prefers-color-scheme", "value": scheme}]
        )

    def press(self, key: str, code: int) -> None:
        """A key, down and up."""
        for kind in ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def _call(self, method: str, session: str | None = None, **parameters: Any) -> Any:
        number = next(self._ids)
        message = {"id": number, "method": method, "params": parameters}
        self._in.write(json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        self._in.flush()
        while (answer := self._next()).get("id") != number:
            pass
        assert "error" not in answer, (method, answer["error"])
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        """The next message; complaints and requests among them are kept."""
        while b"\0" not in self._read:
            piece = self._out.read1()
            assert piece, "chromium ended"
            self._read += piece
        text, _, self._read = self._read.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        method, about = message.get("method", ""), message.get("params", {})
        if method == "Log.entryAdded":
            self.messages.append(about["entry"]["text"])
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.messages.append(json.dumps(about))
        elif method == "Network.requestWillBeSent":
            self.asked.append(about["request"]["url"])
        return message


def _started(program: str, profile: str) -> tuple[subprocess.Popen[bytes], Any, Any]:
    """The browser, reading commands from its file 3 and answering on its file 4."""
    commands, ours_in = os.pipe()
    ours_out, answers = os.pipe()

    def numbered() -> None:
        # High numbers first: either end may have been given 3 or 4.
        high = os.dup(commands) + 10, os.dup(answers) + 20
        os.dup2(commands, high[0])
        os.dup2(answers, high[1])
        os.dup2(high[0], 3)
        os.dup2(high[1], 4)

    process = subprocess.Popen(
        [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=False,
        preexec_fn=numbered,  # noqa: PLW1509  # no threads here
    )
    os.close(commands)
    os.close(answers)
    return process, os.fdopen(ours_out, "rb"), os.fdopen(ours_in, "wb")


def address(path: Path) -> str:
    """The page's address."""
    return path.resolve().as_uri()
