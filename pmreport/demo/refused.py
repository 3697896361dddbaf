"""A request that Jira would refuse, with the status and the sentences of its answer."""


class RefusedError(Exception):
    """The request is answered with an error collection."""

    def __init__(self, status: int, *messages: str) -> None:
        super().__init__(*messages)
        self.status = status
        self.messages = messages
