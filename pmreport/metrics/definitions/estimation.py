"""What the numbers of estimation mean."""

from pmreport.metrics.definition import Definition

ALL = (
    Definition(
        id="bias-factor",
        name="Bias factor",
        unit="x",
        text="How many times its estimate work takes: the geometric mean of actual / estimate. 1.2 "
        'reads "takes 1.2 times what we say".',
        source="Tofallis, JORS 66(8), 2015",
    ),
    Definition(
        id="typical-factor",
        name="Typical factor",
        unit="x",
        text="How far off an estimate usually is, either way: the geometric mean of the larger of "
        'estimate and actual over the smaller. 1.4 reads "usually within a factor of 1.4"; 1 is '
        "exact.",
        source="Tofallis, JORS 66(8), 2015",
    ),
    Definition(
        id="estimation-trend",
        name="Estimation trend",
        unit="",
        text="Better or worse is said only of eight or more sprints, and only if the Mann-Kendall test"
        " of the typical factors gives p of at most 0.05, raised for the number of claims (Holm)."
        " Otherwise: no trend shown, or too few to say.",
        source="Kendall 1970; Holm 1979",
    ),
    Definition(
        id="median-factor",
        name="Median factor",
        unit="x",
        text="Half of the items lie within this factor of their estimate, either way. Its interval of"
        " 95 % runs from one real item to another and assumes no distribution.",
    ),
    Definition(
        id="mean-absolute-error",
        name="Mean absolute error",
        unit="h",
        text="How many hours of logged work lay between estimate and actual on average, signs dropped.",
    ),
    Definition(
        id="mean-error",
        name="Mean error",
        unit="h",
        text="Logged work less estimate, on average. Above zero: too little was estimated.",
    ),
    Definition(
        id="standardised-accuracy",
        name="Standardised accuracy",
        unit="",
        text="The part of a random guesser's error that the estimates save: 1 is exact, 0 no better"
        " than saying for each item what a random other one took, below 0 worse. Computed exactly,"
        " without the item's own value; p is the exact probability that the guesser does as well.",
        source="Shepperd and MacDonell, IST 54(8), 2012",
    ),
    Definition(
        id="mmre",
        name="MMRE",
        unit="",
        text="The mean distance as a share of the actual, for comparison with the literature only: it"
        " rewards estimating too little.",
        source="Conte, Dunsmore and Shen 1986; against it: Tofallis 2015",
    ),
    Definition(
        id="close-estimates",
        name="PRED(25)",
        unit="%",
        text="The share of items whose estimate lay within a quarter of the actual, for comparison"
        " with the literature only.",
        source="Conte, Dunsmore and Shen 1986",
    ),
    Definition(
        id="size-agreement",
        name="Larger points take longer",
        unit="",
        text="How far the order of points when committed and that of cycle times agree, by Spearman's"
        " rho and Kendall's tau-b: 1 is the same order, 0 none. Points have no actual, so this"
        " says how consistent they are, not how accurate. In 37 open-source projects the agreement"
        " was strong in 7 %, medium in 58 %, low in 35 %.",
        source="Tawosi, Moussa and Sarro, ESEM 2022",
    ),
    Definition(
        id="elapsed-agreement",
        name="Longer estimates take longer",
        unit="",
        text="The same of time estimates and cycle times, for items on which no work was logged. Hours"
        " of work and days that passed are never put into one error.",
    ),
    Definition(
        id="estimated-anew",
        name="Estimated anew",
        unit="%",
        text="The share of delivered items whose estimate when done was not the one when committed: at"
        " the start of the sprint or on coming into it, else when work began. In 19 349 items of"
        " seven projects about a tenth changed.",
        source="Pasuksmit et al., EMSE 2022",
    ),
    Definition(
        id="commitment-ratio",
        name="Completed of committed",
        unit="%",
        text="All that the closed sprints of a board completed over all they committed. The interval"
        " comes of drawing the sprints again 10 000 times; below eight sprints it is too narrow.",
    ),
    Definition(
        id="commitment-skill",
        name="Commitment against a trivial forecast",
        unit="",
        text="The part of the error of a trivial forecast that the commitment saves: 'as last sprint',"
        " or 'as the mean of the last three'. Below 0 the trivial forecast is the better one.",
    ),
    Definition(
        id="natural-limits",
        name="Ordinary sprint",
        unit="board unit",
        text="What a sprint completes on average; the interval is what it may complete without"
        " anything having changed: mean plus and minus 2.66 times the mean difference of"
        " neighbours. Outside it, or eight in a row on one side of the mean, is a signal.",
    ),
    Definition(
        id="range-hit-rate",
        name="Ranges that held",
        unit="%",
        text="The share of ranges that what came lay in, beside the confidence they claimed and how"
        " wide they were. The first range said of a thing counts, if it was said before the end.",
    ),
    Definition(
        id="range-brier",
        name="Brier score of your ranges",
        unit="",
        text="The mean square of the confidence of each range less what came: 1 where it held, 0 where it "
        "did not. 0 is best; who says 50 % of everything has 0.25. Of five or more ranges.",
        source="Brier, Monthly Weather Review 78, 1950",
    ),
    Definition(
        id="range-width",
        name="Width of your ranges",
        unit="",
        text="The width of a range over its middle: the median for each confidence, the largest of these. "
        "Wide ranges hold easily, and say little.",
    ),
)
