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
_EARLY_END = ("EOF occurred", "UNEXPECTED_EOF")
_CUT = ("RemoteDisconnected", "ConnectionReset", "ConnectionAborted", "BrokenPipe", *_EARLY_END)
_NO_AUTHORITY = ("NO_CERTIFICATE",)  # how OpenSSL names a file that holds something else
_NO_KEY_IN_IT = ("PEM lib", "PEM_LIB", "KEY_VALUES_MISMATCH", "NO_START_LINE")
_UNKNOWN_AUTHORITY = "nobody we know vouches for it"
_UNTRUSTED = {  # how OpenSSL begins, and what we say
    "certificate has expired": "it has expired",
    "ostname mismatch": "it belongs to another host",
    "IP address mismatch": "it belongs to another host",
    "not yet valid": "it is not valid yet; is the clock of this machine right?",
}
_WANTS_OURS = (  # the alerts of a server that is not content with the caller's certificate
    "alert certificate required",
    "alert bad certificate",
    "alert unknown ca",
    "alert handshake failure",
    "alert certificate unknown",
)
OUR_CERTIFICATE = "Set `client_certificate` under [site]: a file with certificate and key."


class UntrustedSiteError(UnreachableError):
    """The site's certificate does not prove to us that it is the site."""


class ClientCertificateError(UnreachableError):
    """The site asks for a certificate of ours, or does not like the one it got."""


class SetbackError(Exception):
    """A try that failed in a way that may pass. `asked` is the wait the server wishes for.

    `about_certificate` is for a failure behind which a missing certificate of ours may stand.
    """

    def __init__(
        self,
        what: str,
        *,
        asked: float | None = None,
        limited: bool = False,
        about_certificate: bool = False,
    ) -> None:
        super().__init__(what)
        self.about_certificate = about_certificate
        self.what = what
        self.asked = asked
        self.limited = limited


def is_cut(error: Exception) -> bool:
    """Whether the other side closed the connection under our feet."""
    said = repr(error)
    return any(word in said for word in _CUT)


def outage(
    error: Exception, base: str, *, bundle: str | None, certificate: str | None
) -> SetbackError | PmreportError:
    """What one of `FAULTS` stands for. The two files are that of an authority and that of our certificate."""
    said = repr(error)
    if any(sign in said for sign in _EARLY_END):  # the alert of who turns us away may get lost
        return SetbackError("it breaks off the encrypted connection", about_certificate=certificate is None)
    if isinstance(error, requests.exceptions.SSLError) or "SSLError(" in said:
        return _unproven(said, base, bundle, certificate)
    if isinstance(error, LocationValueError):
        return no_address(base)
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return ConfigurationError(
            "The proxy cannot be used.",
            where="the environment: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY",
            hint='Write it like "http://proxy.example:3128".',
        )
    if not isinstance(error, requests.RequestException | HTTPError):
        return _unreadable(", ".join(dict.fromkeys(path for path in (bundle, certificate) if path)))
    return SetbackError(next((cause for word, cause in _CAUSES if word in said), "the connection broke off"))


def _unproven(said: str, base: str, bundle: str | None, certificate: str | None) -> PmreportError:
    """What is wrong with a certificate, theirs or ours. `said` is never shown."""
    if "CERTIFICATE_VERIFY_FAILED" in said:
        why = next((why for sign, why in _UNTRUSTED.items() if sign in said), _UNKNOWN_AUTHORITY)
        return UntrustedSiteError(
            f"The certificate of the site is not trusted: {why}.",
            where=base,
            hint="For a company's own authority set `ca_bundle` under [site].",
        )
    if bundle and any(sign in said for sign in _NO_AUTHORITY):
        return _unreadable(bundle)
    if certificate and any(sign in said for sign in _NO_KEY_IN_IT):
        return ConfigurationError(
            "The client certificate under [site] cannot be used.",
            where=certificate,
            hint="The file holds the certificate and its key, one after the other, as PEM.",
        )
    if any(sign in said.lower().replace("_", " ") for sign in _WANTS_OURS):
        what = "takes our client certificate for none of its own" if certificate else "asks for one"
        return ClientCertificateError(
            f"The site wants a client certificate and {what}.", where=base, hint=OUR_CERTIFICATE
        )
    return UnreachableError(
        "No encrypted connection comes about.",
        where=base,
        hint="Check that `url` under [site] and its port speak https.",
    )


def _unreadable(files: str) -> ConfigurationError:
    return ConfigurationError(
        "A certificate cannot be read from its file.",
        where=files,
        hint="Look at `ca_bundle` and `client_certificate` under [site], or REQUESTS_CA_BUNDLE in the"
        " environment.",
    )
