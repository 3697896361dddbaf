"""A program that draws charts: requests come in and drawings go out, one JSON text a line.

It is run as a file and knows nothing of pmreport, so that it is ready by the time there are numbers to draw.
A chart that a person has written may compute without end or bring down its process: that is this one then,
and not the one that read the numbers.
"""

import base64
import ctypes
import faulthandler
import json
import os
import signal
import sys
from collections import Counter
from functools import lru_cache
from typing import Any

import vl_convert

Json = dict[str, Any]

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_NOTHING_TO_SEE = {"data": {"values": []}, "mark": "point"}


def answer(line: bytes) -> dict[str, str]:
    """The drawing that a request asks for: `svg`, or `png` in base64; `error` where it cannot be drawn."""
    asked = json.loads(line)
    options = {"allowed_base_urls": [], **asked["options"]}
    try:
        vega = _vega(asked["spec"], options.pop("config", {}))
        if asked["form"] == "svg":
            return {"svg": vl_convert.vega_to_svg(vega, **options)}
        return {"png": base64.b64encode(vl_convert.vega_to_png(vega, **options)).decode("ascii")}
    except ValueError as error:
        return {"error": str(error)}


def _vega(spec: Json, config: Json) -> Json:
    """The Vega of a Vega-Lite spec with its data, which is put in afterwards where it has one place there.

    A spec comes again each week with other data, and compiling it is half of drawing it.
    """
    data = spec.get("datasets", {})
    bare = {**spec, "datasets": {name: [] for name in data}}
    compiled = _compiled(json.dumps(bare), json.dumps(config))
    places = Counter(source["name"] for source in compiled["data"])
    if any(rows and places[name] != 1 for name, rows in data.items()):
        return _compile(spec, config)
    filled = [
        {**source, "values": data[source["name"]]} if source["name"] in data else source
        for source in compiled["data"]
    ]
    return {**compiled, "data": filled}


@lru_cache(maxsize=100)
def _compiled(spec: str, config: str) -> Json:
    return _compile(json.loads(spec), json.loads(config))


def _compile(spec: Json, config: Json) -> Json:
    return vl_convert.vegalite_to_vega(spec, config=config, show_warnings=False)


def _end_with_the_asker() -> None:
    """Have the system end this process when the one that asks is gone: a drawing lets no thread see that.

    Elsewhere than on Linux it then goes on until its answer finds nobody, or its time is over.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def main(patience_seconds: float) -> None:
    """Say that it can draw, and answer until nobody asks any more.

    A request that takes longer than that ends the process.
    """
    _end_with_the_asker()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed is no answer
    vl_convert.vegalite_to_svg(_NOTHING_TO_SEE)  # the first drawing takes long: before anybody waits for it
    print("ready", file=answers, flush=True)
    for line in sys.stdin.buffer:
        faulthandler.dump_traceback_later(patience_seconds, exit=True)
        told = answer(line)
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps(told), file=answers, flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]))
