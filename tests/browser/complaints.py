"""What a browser complains of while it shows pages: errors, forbidden things, requests that fail or lead away."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

REPORT_FORBIDDEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`the policy forbids ${event.blockedURI || event.sample} by ${event.violatedDirective}`));
"""
EXPECTED = {
    "net::ERR_ABORTED",  # the page was left, or nobody read the answer
    "csp",  # the policy's own report says more; without JavaScript it means a script that was preloaded
}


def complaints_of(context: BrowserContext, site: str) -> list[str]:
    """A list that grows with what the pages of a context complain of, where `site` alone may be asked for anything."""
    found: list[str] = []
    host = urlsplit(site).netloc

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme.startswith("http") and address.netloc != host:
            found.append(f"{request.url} is of another host")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            found.append(f"{response.url} answers {response.status}")

    def on_failure(request: Request) -> None:
        if request.failure not in EXPECTED:
            found.append(f"{request.url} failed: {request.failure}")

    context.add_init_script(REPORT_FORBIDDEN)
    context.on("console", on_console)
    context.on("weberror", lambda error: found.append(str(error.error)))
    context.on("request", on_request)
    context.on("response", on_response)
    context.on("requestfailed", on_failure)
    return found
