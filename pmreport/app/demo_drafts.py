"""What the product manager of the demonstration wrote for its last two weekly reports."""

DRAFTS = {
    "2026-W46.weekly.md": """\
+++
# Aurora Shop, 2026-W46, 9 to 15 Nov 2026.
harvested = 2026-11-16T07:30:00Z
bottom_line = """
    '"Wallet refunds go back to the wallet. Guest checkout is next; the wallet provider has not signed."'
    """

[[next]]
item = "SHOP-473 Guest checkout on one page"
owner = "Tomas Berg"
done_means = "every guest sees one page"

[[next]]
item = "SHOP-475 Tell the customer why a card was refused"
owner = "Jonas Weber"
done_means = "live for all cards"

[[next]]
item = "SHOP-474 Invoice as a PDF after payment"
owner = "Aylin Kaya"
done_means = "an invoice in every confirmation"

[[next]]
item = "APP-494 Scan a parcel to return it"
owner = "Luca Ferri"
done_means = "in the app of the stores"
+++
""",
    "2026-W47.weekly.md": """\
+++
# Aurora Shop, 2026-W47, 16 to 22 Nov 2026. A line with # is a comment.
harvested = 2026-11-23T07:30:00Z

bottom_line = '''
Every guest checks out on one page, and fewer give up at the address. Scope has grown far beyond the plan of
September: change requests now wait until Checkout 2 is out. The campaign needs a load test by 4 December.
'''

[[ask]]
what = "Two days of the load test team before 4 December"
from_whom = "Head of Engineering"
by = 2026-11-27
cost_of_delay = "the campaign runs untested on its busiest day"
raised = 2026-11-17

[[ask]]
what = "EUR 18 000 more for App 5.0, or the order history moves to spring"
from_whom = "Managing director"
by = 2026-12-01
cost_of_delay = "the budget is spent in the first week of December"
raised = 2026-11-23

[[accomplished]]
what = "Guests check out on one page, without an account (SHOP-473)"

[[accomplished]]
what = "Customers read why their card was refused, instead of calling support (SHOP-475)"

[[accomplished]]
what = "Parcels are returned by scanning their label in the app (APP-494)"

[[promise]]
id = "SHOP-473"
result = "done"

[[promise]]
id = "SHOP-475"
result = "done"

[[promise]]
id = "SHOP-474"
result = "not done"
reason = "legal asked for another tax line on Thursday; it is in review"

[[promise]]
id = "APP-494"
result = "done"

[[promise]]
id = "SHOP-469"
result = "unplanned"
reason = "refunds to the wallet came over from the sprint before"

[[next]]
item = "SHOP-474 Invoice as a PDF after payment"
owner = "Aylin Kaya"
done_means = "an invoice in every confirmation"

[[next]]
item = "SHOP-477 Switch between guest and account"
owner = "Tomas Berg"
done_means = "a basket survives the switch"

[[next]]
item = "SHOP-479 Save the basket of a guest"
owner = "Jonas Weber"
done_means = "kept for seven days"

[[risk]]
what = "The wallet provider has not signed"
impact = "a tenth of the orders stays on the old page"
owner = "Inês Duarte"
mitigation = "a second provider is being compared"
path_to_green = "a signed contract by 4 December"

[[risk]]
what = "Gift card tax is unclear for Austria (SHOP-476)"
impact = "gift cards stay off there until Christmas"
owner = "Sofia Rossi"
mitigation = "finance answers by Wednesday"
+++
""",
}
