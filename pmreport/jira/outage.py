"""Why no answer came, in words; never those of the network's own error, which may hold a proxy's password."""

import requests
from urllib3.exceptions import HTTPError, LocationValueError

from pmreport.errors import ConfigurationError, PmreportError, UnreachableError
from pmreport.jira.address import no_address

# What the parts below us raise when a request leads nowhere: requests, urllib3, and files that are not there.
FAULTS = (OSError, ValueError, HTTPError)

# Words in such an error, and what they mean; the first that is found counts.
_CAUSES = (
    ("407 ", "the proxy wants a login"),
    ("Tunnel connection failed", "the proxy does not get through to it"),
    ("ProxyError", "the proxy does not answer"),
    ("ConnectTimeoutError", "it does not take the connection in time"),
    ("ReadTimeout", "it does not answer in time"),
    ("NameResolution", "its name is not known"),
    ("refused", "the connection was refused"),
    ("unreachable", "no way leads to it in this network"),
    ("No route", "no way leads to it in this network"),
    ("DecodeError", "its answer cannot be unpacked"),
)
_CUT = ("RemoteDisconnected", "ConnectionReset", "ConnectionAborted", "BrokenPipe", "EOF occurred")
_NO_CERTIFICATE = (
    "NO_CERTIFICATE",
    "PEM lib",
    "KEY_VALUES_MISMATCH",
)  # what is in the file is something else
_AUTHORITY = "For a company's own authority set `ca_bundle` under [site]."
_RENEWED = "Ask the people who run the site, or set the clock of this machine."
_CERTIFICATES = (
    ("has expired", "The certificate of the site has expired.", _RENEWED),
    ("not yet valid", "The certificate of the site is not valid yet.", _RENEWED),
    ("mismatch", "The certificate of the site is made out to another name.", "Check `url` under [site]."),
    ("CERTIFICATE_VERIFY_FAILED", "The certificate of the site is not trusted.", _AUTHORITY),
    (
        "CERTIFICATE_REQUIRED",
        "The site wants to see a certificate of ours.",
        "Set `client_certificate` under [site].",
    ),
    (
        "",
        "No secure connection to the site can be made.",
        "Check name and port in `url` under [site]: something else than https answers there.",
    ),
)


class SetbackError(Exception):
    """A try that failed in a way that may pass. `asked` is the wait the server wishes for."""

    def __init__(self, what: str, *, asked: float | None = None, limited: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.asked = asked
        self.limited = limited


def is_cut(error: Exception) -> bool:
    """Whether the other side closed the connection under our feet."""
    said = repr(error)
    return any(word in said for word in _CUT)


def outage(error: Exception, base: str, files: str) -> SetbackError | PmreportError:
    """What one of `FAULTS` stands for. `files` are those with certificates that were to be read."""
    said = repr(error)
    if isinstance(error, requests.exceptions.SSLError) and not is_cut(error):
        return _unreadable(files) if any(word in said for word in _NO_CERTIFICATE) else _insecure(said, base)
    if isinstance(error, LocationValueError):
        return no_address(base)
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return ConfigurationError(
            "The proxy cannot be used.",
            where="the environment: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY",
            hint='Write it like "http://proxy.example:3128".',
        )
    if not isinstance(error, requests.RequestException | HTTPError):
        return _unreadable(files)
    return SetbackError(next((cause for word, cause in _CAUSES if word in said), "the connection broke off"))


def _insecure(said: str, base: str) -> UnreachableError:
    what, hint = next((what, hint) for word, what, hint in _CERTIFICATES if word in said)
    return UnreachableError(what, where=base, hint=hint)


def _unreadable(files: str) -> ConfigurationError:
    return ConfigurationError(
        "A certificate cannot be read from its file.",
        where=files,
        hint="Look at `ca_bundle` and `client_certificate` under [site], or REQUESTS_CA_BUNDLE in the"
        " environment; a client's certificate and its key stand in one file.",
    )
