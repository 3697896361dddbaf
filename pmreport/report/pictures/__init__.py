"""The pictures of plans and estimates: for each its data, the sentence it shows, and the table behind it.

Each module names what its specification in `charts/<spec>.vl.json` is given, and nothing else may be relied
on. Days are YYYY-MM-DD, amounts numbers in the unit people read. Where there is too little to draw, a
sentence says so in the place of the picture.
"""
