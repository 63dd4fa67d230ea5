"""Starts the web chat: Streamlit with every setting as a flag, usage statistics off."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

MAIN: Final = Path(__file__).resolve().parent / "web" / "main.py"


class PortTaken(Exception):
    """Another program listens on the port."""


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} on {host} cannot be used ({error.strerror}); "
                f"try `ozone serve --port {port + 1}`."
            ) from None


def _theme(
    name: str, primary: str, background: str, second: str, text: str, border: str
) -> dict[str, str]:
    colours = {
        "primaryColor": primary,
        "backgroundColor": background,
        "secondaryBackgroundColor": second,
        "textColor": text,
        "borderColor": border,
        "linkColor": primary,
    }
    return {f"theme.{name}.{key}": value for key, value in colours.items()}


def command(host: str, port: int) -> list[str]:
    """The Streamlit command. The launcher passes every setting, since a `.streamlit/` folder is
    read only from the folder one starts in.
    """
    flags = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showSidebarNavigation": "false",
        "server.maxUploadSize": "20",
        **_theme("light", "#0b6868", "#fdfcfa", "#eff3f1", "#1b2727", "#d5dcda"),
        **_theme("dark", "#74d3c7", "#111819", "#1c2627", "#e9efed", "#36423f"),
    }
    given = [f"--{name}={value}" for name, value in flags.items()]
    return [sys.executable, "-m", "streamlit", "run", str(MAIN), *given]


def serve(host: str, port: int) -> int:
    """Runs the web chat until it is stopped; returns the exit code.

    Raises:
        PortTaken: with another port to try.

    """
    _check_port(host, port)
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1") else host
    print(f"Open http://{shown}:{port} in a browser. Ctrl-C ends it.", flush=True)
    process = subprocess.Popen(command(host, port), env=os.environ, stdout=subprocess.DEVNULL)

    def stop(signum: int, frame: object) -> None:
        process.terminate()

    previous = signal.signal(signal.SIGTERM, stop)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait(timeout=10)
        print("\nStopped.")
        return 0
    finally:
        signal.signal(signal.SIGTERM, previous)
    return 0 if code == -signal.SIGTERM else code
