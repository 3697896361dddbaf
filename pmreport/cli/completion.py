"""`pmreport completion`: the lines that teach a shell to complete commands."""

import click

from pmreport.cli.screen import say
from pmreport.cli.session import common
from pmreport.errors import UsageError

VARIABLE = "_PMREPORT_COMPLETE"
SHELLS = ("bash", "zsh", "fish", "powershell")


_HELP = """Print a script that completes commands with the Tab key.

\b
pmreport completion bash >> ~/.bashrc
pmreport completion zsh >> ~/.zshrc
pmreport completion fish > ~/.config/fish/completions/pmreport.fish
pmreport completion powershell >> $PROFILE
"""


@click.command("completion", help=_HELP)
@click.argument("shell", type=click.Choice(SHELLS))
@common()
def command(shell: str) -> None:
    """Print the script of one shell."""
    from click.shell_completion import get_completion_class

    from pmreport.cli.root import pmreport

    completion = get_completion_class(shell)
    if completion is None:
        raise UsageError(f"this version of click knows no {shell}", hint="pip install --upgrade click")
    # the shell asks for its own version when the script is made; the script itself depends on nothing
    script = completion(pmreport, {}, "pmreport", VARIABLE)
    say(script.source_template % script.source_vars())
