"""A program that draws charts: requests come in and drawings go out, one JSON text a line.

It is run as a file and knows nothing of pmreport, so that it is ready by the time there are numbers to draw.
A chart that a person has written may compute without end or bring down its process: that is this one then,
and not the one that read the numbers.
"""

import base64
import faulthandler
import json
import os
import sys

import vl_convert

_NOTHING_TO_SEE = {"data": {"values": []}, "mark": "point"}


def answer(line: bytes) -> dict[str, str]:
    """The drawing that a request asks for: `svg`, or `png` in base64; `error` where it cannot be drawn."""
    asked = json.loads(line)
    options = {"allowed_base_urls": [], "show_warnings": False, **asked["options"]}
    try:
        if asked["form"] == "svg":
            return {"svg": vl_convert.vegalite_to_svg(asked["spec"], **options)}
        return {"png": base64.b64encode(vl_convert.vegalite_to_png(asked["spec"], **options)).decode("ascii")}
    except ValueError as error:
        return {"error": str(error)}


def main(patience_seconds: float) -> None:
    """Answer until nobody asks any more; a request that takes longer than that ends the process."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed is no answer
    vl_convert.vegalite_to_svg(_NOTHING_TO_SEE)  # the first drawing takes long: before anybody waits for it
    for line in sys.stdin.buffer:
        faulthandler.dump_traceback_later(patience_seconds, exit=True)
        told = answer(line)
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps(told), file=answers, flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]))
