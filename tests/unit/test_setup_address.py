"""The address of a Jira, as people type and copy it."""

import pytest

from pmreport.app.setup.address import base_url, is_cloud, label_of
from pmreport.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://acme.atlassian.net", "https://acme.atlassian.net"),
        (" acme.atlassian.net/ ", "https://acme.atlassian.net"),
        (
            "https://acme.atlassian.net/jira/software/c/projects/WEB/boards/7?x=1#top",
            "https://acme.atlassian.net",
        ),
        ("https://jira.acme.example/jira/secure/Dashboard.jspa", "https://jira.acme.example/jira"),
        ("https://jira.acme.example/browse/WEB-7", "https://jira.acme.example"),
        ("https://acme.example/jira/login.jsp?os_destination=%2F", "https://acme.example/jira"),
        ("https://acme.example/jira/rest", "https://acme.example/jira"),
        ("https://acme.example/jira", "https://acme.example/jira"),
        ("http://127.0.0.1:8080/jira/", "http://127.0.0.1:8080/jira"),
    ],
)
def test_an_address_leads_to_the_base_address(typed: str, url: str) -> None:
    """A missing https:// is added, and the page that an address was copied from is cut off."""
    assert base_url(typed) == url


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://jira.acme.example", "plain http would send the token unprotected; write https://"),
        ("", "the address of a Jira is wanted, e.g. https://acme.atlassian.net"),
        ("https://", "a Jira address begins with https://"),
        ("ftp://acme.example", "a Jira address begins with https://"),
        ("my jira", "no machine can have this name"),
        ("https://pm:secret@acme.example", "an address holds no user and no password"),
        ("https://[acme", "this is no address"),
    ],
)
def test_what_is_no_address_is_refused_in_a_sentence(typed: str, said: str) -> None:
    """Each mistake has its own words."""
    with pytest.raises(UsageError) as caught:
        base_url(typed)

    assert said in caught.value.what


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://acme.atlassian.net", "acme"),
        ("https://jira.acme.example", "acme"),
        ("http://127.0.0.1:8080", "jira"),
        ("https://jira", "jira"),
    ],
)
def test_a_site_gets_a_short_name(url: str, label: str) -> None:
    """The telling part of its host; a number tells nothing."""
    assert label_of(url) == label


def test_atlassians_own_addresses_are_known() -> None:
    """They tell the product where the server itself does not."""
    assert is_cloud("https://acme.atlassian.net")
    assert not is_cloud("https://atlassian.net.acme.example")
