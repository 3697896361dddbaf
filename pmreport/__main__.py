"""The program: `pmreport`, or `python -m pmreport`."""

import sys


def main() -> None:
    """Run the words of the command line and end with the exit status."""
    from pmreport.cli.boundary import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
