"""The address of a Jira site, from what a person types or copies out of the browser."""

import re
from urllib.parse import urlsplit, urlunsplit

from pmreport.errors import UsageError

_CLOUD = ".atlassian.net"
_INSIDE = re.compile(  # where a page of Jira begins: what stands before it is the base address
    r"/(?:browse|secure|projects|issues|plugins|login\.jsp|rest)(?:/.*)?$"
)


def base_url(typed: str) -> str:
    """The site's base address. Raises UsageError that says what is wrong with the one typed.

    A missing https:// is added; the page of Jira that an address was copied from is cut off.
    """
    from pydantic import TypeAdapter, ValidationError

    from pmreport.config.kinds import BaseUrl

    text = typed.strip()
    if not text:
        raise UsageError("the address of a Jira is wanted, e.g. https://acme.atlassian.net")
    if "://" not in text:
        text = f"https://{text}"
    try:
        url: str = TypeAdapter(BaseUrl).validate_python(_without_page(text))
    except ValidationError as error:
        raise UsageError(error.errors(include_url=False)[0]["msg"], where=text) from None
    return url


def is_cloud(url: str) -> bool:
    """Whether the address is one of Atlassian's own; a site there may have another one as well."""
    return (urlsplit(url).hostname or "").endswith(_CLOUD)


def label_of(url: str) -> str:
    """A short name for the site: the telling part of its host."""
    host = urlsplit(url).hostname or ""
    labels = [label for label in host.split(".") if label not in ("jira", "www")]
    first = re.sub(r"[^A-Za-z0-9-]", "", labels[0]) if labels else ""
    return first if first[:1].isalpha() else "jira"


def _without_page(text: str) -> str:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:  # said better by the one who validates it
        return text
    if host.endswith(_CLOUD):
        return urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    page = _INSIDE.search(parts.path)
    return urlunsplit((parts.scheme, parts.netloc, parts.path[: page.start()], "", "")) if page else text
