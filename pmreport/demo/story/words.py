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
_VERBS = (
    "show",
    "check",
    "save",
    "change",
    "explain",
    "repeat",
    "cancel",
    "compare",
    "filter",
    "restore",
    "share",
)
_THINGS = (
    "a voucher",
    "the delivery date",
    "a saved card",
    "the wallet balance",
    "an address",
    "the return label",
    "a gift note",
    "the size guide",
    "an invoice",
    "the order history",
    "a pickup point",
    "the price with tax",
    "a product review",
    "the stock level",
    "a wish list",
    "the loyalty points",
)
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
    "DECISION: we {verb} {thing} only for signed-in customers.",
    "RISK: {thing} depends on a supplier who has not confirmed.",
    "ASK: approve two days to {verb} {thing} before the campaign.",
    "SUMMARY: {thing} is live for half of the customers; no complaint so far.",
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
    verb = dice.one(_VERBS)
    return dice.one(_KINDS[kind]).format(
        verb=verb, Verb=verb.capitalize(), thing=dice.one(_THINGS), part=dice.one(_PARTS)
    )


def description(dice: Dice) -> str:
    """A description; a careful one has acceptance criteria."""
    thing = dice.one(_THINGS)
    text = f"As a customer I want to {dice.one(_VERBS)} {thing}, so that I need not call."
    if dice.chance(0.6):
        text += f"\nAcceptance criteria\nGiven {thing}, when I pay, then the order shows it."
    return text
