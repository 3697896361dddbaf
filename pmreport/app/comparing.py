"""Two reports held against each other: two that were sent, or one and the same built anew."""

from datetime import datetime

from pmreport.app import frozen, lookups, rebuilding
from pmreport.app.happened import happened
from pmreport.app.wiring import Workspace
from pmreport.deliver.kept import Kept
from pmreport.errors import UsageError
from pmreport.report.differences import Difference, between, changed_keys
from pmreport.report.freeze import Frozen

NOW, AGAIN = "now", "again"
_OFFERED = 5


def difference(workspace: Workspace, first: str, second: str, *, moment: datetime) -> Difference:
    """What changed from the report called `first` to the one called `second`.

    The second may be `again`, the first one built once more for its own moment, or `now`, as it stands at
    `moment`. Raises UsageError for what was never sent, BadDataError for a kept report that cannot be read.
    """
    was = frozen.load(workspace, named(workspace, first))
    now = _second(workspace, was, second, moment)
    return between(was, now, _fates(workspace, was, now))


def named(workspace: Workspace, asked: str) -> Kept:
    """The report that was sent and is called so; without an edition the newest. UsageError for none."""
    known = frozen.all_kept(workspace)
    found = [one for one in known if asked in {one.name, one.name.rpartition(":")[0]}]
    if found:
        return found[-1]
    if not known:
        raise UsageError("no report was sent yet", hint="`pmreport send weekly` sends one, and keeps it")
    newest = ", ".join(one.name for one in known[-_OFFERED:])
    raise UsageError(
        f"no report called {asked} was sent",
        hint=f"`pmreport report list` names them; the newest: {newest}",
    )


def _second(workspace: Workspace, was: Frozen, asked: str, moment: datetime) -> Frozen:
    if asked == AGAIN:
        return rebuilding.again(workspace, was)
    if asked == NOW:
        return rebuilding.now(workspace, was, moment)
    return frozen.load(workspace, named(workspace, asked))


def _fates(workspace: Workspace, was: Frozen, now: Frozen) -> dict[str, str]:
    """What became of the items that one of two reports about one period counts, and the other does not."""
    about = [(one.told.name, one.about.period) for one in (was, now)]
    since = was.told.data_as_of
    if since is None or about[0] != about[1]:
        return {}
    keys = changed_keys(was.told, now.told)
    with workspace.store.reading() as reader:
        site_id = workspace.site_id()
        newest = lookups.site(reader, site_id).data_as_of
        return happened(reader, site_id, keys, since, newest)
