"""A team of the story, and an item of its work."""

from dataclasses import dataclass, field

from pmreport.demo.life import Life
from pmreport.demo.story import cast, diary


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who works on which board, with which workflow."""

    kind: str
    project: str
    board: int
    people: tuple[str, ...]
    todo: str
    doing: str
    review: str
    done: str
    epic: str
    story: str
    task: str
    bug: str
    subtask: str
    components: tuple[str, ...]
    first_version: str
    second_version: str
    epics: list[Life] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Entry:
    """An issue in the hands of a team: its size, and the hours it will really take."""

    life: Life
    size: float | None
    actual_s: int
    logged_s: int = 0
    carries: int = 0
    subtasks: list[Life] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """The points it fills; nothing while nobody has estimated it."""
        return self.size or 0.0


def shop_team() -> Team:
    """The team of the shop: company-managed, Story Points."""
    return Team(
        kind="shop",
        project=cast.SHOP,
        board=diary.SHOP_BOARD,
        people=cast.SHOP_TEAM,
        todo=cast.TODO,
        doing=cast.DOING,
        review=cast.REVIEW,
        done=cast.DONE,
        epic=cast.EPIC,
        story=cast.STORY,
        task=cast.TASK,
        bug=cast.BUG,
        subtask=cast.SUBTASK,
        components=("10300", "10301", "10302"),
        first_version=cast.CHECKOUT_1,
        second_version=cast.CHECKOUT_2,
    )


def app_team() -> Team:
    """The team of the app: team-managed, Story point estimate."""
    return Team(
        kind="app",
        project=cast.APP,
        board=diary.APP_BOARD,
        people=cast.APP_TEAM,
        todo=cast.APP_TODO,
        doing=cast.APP_DOING,
        review=cast.APP_REVIEW,
        done=cast.APP_DONE,
        epic=cast.APP_EPIC,
        story=cast.APP_STORY,
        task=cast.APP_TASK,
        bug=cast.APP_BUG,
        subtask=cast.APP_SUBTASK,
        components=("10303", "10304"),
        first_version=cast.APP_4,
        second_version=cast.APP_5,
    )
