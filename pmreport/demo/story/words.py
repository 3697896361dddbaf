"""What the people of the story write: summaries, descriptions, comments."""

from pmreport.demo.dice import Dice

_SHOP = (
    "Let guests {verb} {thing}",
    "{Verb} {thing} in the basket",
    "{Verb} {thing} on the checkout page",
    "Customer service can {verb} {thing}",
    "{Verb} {thing} after payment",
)
_APP = (
    "{Verb} {thing} on the phone",
    "App: {verb} {thing}",
    "{Verb} {thing} from a push message",
    "Profile page: {verb} {thing}",
)
_WORK = (
    ("a voucher", ("check", "share", "redeem")),
    ("the delivery date", ("show", "change", "confirm")),
    ("a saved card", ("add", "remove", "rename")),
    ("the wallet balance", ("show", "refresh", "explain")),
    ("an address", ("save", "check", "correct")),
    ("the return label", ("show", "send", "print")),
    ("a gift note", ("write", "preview", "change")),
    ("the size guide", ("show", "search", "simplify")),
    ("an invoice", ("download", "send", "correct")),
    ("the order history", ("show", "filter", "export")),
    ("a pickup point", ("find", "compare", "remember")),
    ("the price with tax", ("show", "explain", "round")),
    ("a product review", ("write", "report", "translate")),
    ("the stock level", ("show", "refresh", "explain")),
    ("a wish list", ("save", "share", "sort")),
    ("the loyalty points", ("show", "redeem", "explain")),
)
"""What can be worked on, each thing with what people do to it."""
_VERBS = 3
_BUGS = (
    "Basket loses {thing} after sign-in",
    "Total is wrong by a cent with {thing}",
    "Page stays empty when {thing} is missing",
    "Double click books {thing} twice",
)
_OPS = (
    "Renew the certificate of the {part} host",
    "Disk of the {part} database nearly full",
    "Slow answers of the {part} service",
    "Restore {part} test data",
    "New access to the {part} console",
    "Alert on {part} wakes people for nothing",
)
_PARTS = ("payment", "search", "mail", "stock", "voucher", "image", "tracking", "login")
_ACTIONS = (
    "Ask legal about {thing}",
    "Send the numbers on {thing} to Petra",
    "Agree with support how to {verb} {thing}",
    "Book a test day for {thing}",
    "Write down who decides on {thing}",
    "Chase the supplier about {thing}",
)
_QUESTIONS = (
    "May we {verb} {thing} without consent?",
    "Who owns {thing}?",
    "Does finance need {thing} in the export?",
    "Which countries {verb} {thing} first?",
)
_DECISIONS = (
    "DECISION: the work on {thing} is for signed-in customers only.",
    "RISK: the work on {thing} waits for a supplier who has not confirmed.",
    "ASK: approve two more days for {thing} before the campaign.",
    "SUMMARY: the work on {thing} is live for half of the customers; no complaint so far.",
    "Looked at {thing} with support, nothing new.",
    "Please have another look, the test with {thing} fails.",
)
_KINDS = {
    "shop": _SHOP,
    "app": _APP,
    "bug": _BUGS,
    "ops": _OPS,
    "action": _ACTIONS,
    "question": _QUESTIONS,
    "note": _DECISIONS,
}


def sentence(dice: Dice, kind: str) -> str:
    """A summary or a remark of some kind: shop, app, bug, ops, action, question or note."""
    place = dice.between(0, _VERBS - 1)
    form = dice.one(_KINDS[kind])
    thing, verbs = dice.one(_WORK)
    verb = verbs[place]
    return form.format(verb=verb, Verb=verb.capitalize(), thing=thing, part=dice.one(_PARTS))


def description(dice: Dice) -> str:
    """A description; a careful one has acceptance criteria."""
    thing, verbs = dice.one(_WORK)
    text = f"As a customer I want to {dice.one(verbs)} {thing}, so that I need not call."
    if dice.chance(0.6):
        text += f"\nAcceptance criteria\nGiven {thing}, when I pay, then the order shows it."
    return text
