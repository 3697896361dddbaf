"""A task of the Windows Task Scheduler that runs pmreport, as the XML it takes."""

import re
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from pmreport.app.schedule.job import PAUSES, TRY_AGAIN, Job
from pmreport.app.schedule.remark import remark

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_XML = """\
<?xml version="1.0"?>
<!--
{head}\
    schtasks /Create /TN "{name}" /XML {name}.xml
{notes}\
-->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>pmreport: {heading}</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{first}T{clock}:00</StartBoundary>
      <ScheduleByWeek>
        <DaysOfWeek>{days}</DaysOfWeek>
        <WeeksInterval>1</WeeksInterval>
      </ScheduleByWeek>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT3H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>powershell.exe</Command>
      <Arguments>-NoProfile -NonInteractive -WindowStyle Hidden -Command "{script}"</Arguments>
    </Exec>
  </Actions>
</Task>
"""
_HEAD = """\
pmreport: {heading}

This text changes nothing by being printed. Save it as {name}.xml, then:
"""
_NOTES = """\
It runs only while you are logged on, for only then Windows opens the keyring with your token. A run that
was missed is made up for. What fails is tried again for an hour; then a window says so, to you alone.

Windows goes by the clock of the machine: change the time below if that is not in {zone}.
"""
_QUOTES = re.compile("(['\u2018\u2019\u201a\u201b])")  # PowerShell takes each of them for the end of a text


def text(job: Job, first: date) -> str:
    """The XML of a task that begins on the day `first`; in ASCII, whatever the paths hold."""
    told = escape(job.heading).replace("--", "- -")  # two dashes would end the comment
    filled = _XML.format(
        heading=escape(job.heading),
        head=remark(_HEAD.format(heading=told, name=job.name), "  "),
        notes=remark(_NOTES.format(zone=job.zone), "  "),
        name=job.name,
        first=first.isoformat(),
        clock=job.when.clock,
        days="".join(f"<{_DAYS[day]} />" for day in job.when.days),
        script=escape(script(job)),
    )
    return filled.encode("ascii", "xmlcharrefreplace").decode()


def script(job: Job) -> str:
    """The commands for PowerShell, without a quotation mark that would end the argument.

    Windows starts the actions of a task one after the other whatever became of the one before, and starts
    none again that ended with an error status: so both is done here.
    """
    again = ", ".join(map(str, TRY_AGAIN))
    pauses = ", ".join(map(str, PAUSES))
    program, *begin = job.begin
    steps = "; ".join(f"if ($s -eq 0) {{ & $p @b {_words(step)}; $s = $LASTEXITCODE }}" for step in job.steps)
    files = "".join(f"$env:{name} = {quoted(str(path))}; " for name, path in job.secrets.items())
    told = quoted(f"{job.name} failed. Run the command by hand to see why: pmreport sync")
    return (
        f"{files}$p = {quoted(program)}; $b = @({_words(begin, ', ')}); "
        f"foreach ($t in {pauses}) {{ Start-Sleep $t; $s = 0; {steps}; "
        f"if ($s -notin {again}) {{ break }} }}; "
        f"if ($s) {{ [void](New-Object -ComObject WScript.Shell).Popup({told}, 0, 'pmreport', 48) }}; exit $s"
    )


def _words(words: Sequence[str], between: str = " ") -> str:
    return between.join(map(quoted, words))


def quoted(word: str) -> str:
    """A word as PowerShell reads it to the letter."""
    return "'" + _QUOTES.sub(r"\1\1", word) + "'"
