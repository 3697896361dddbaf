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
)
