"""The bare loader with the JSON library that pmreport has, so that a quicker parser counts for both."""

import bare
import orjson

bare.parsed, bare.written = orjson.loads, orjson.dumps

if __name__ == "__main__":
    bare.main()
