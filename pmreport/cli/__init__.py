"""The command line: words and clock in, one sentence, table or JSON out."""
