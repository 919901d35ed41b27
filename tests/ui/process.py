# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that runs beside the test, and what it wrote."""

import pathlib
import subprocess

ENDING = 10  # seconds to end by itself once it is asked to


class Process:
    """A child process; its output goes to `log`, a file. It must be ended."""

    def __init__(self, command, environment, log, **options):
        self.command = [str(word) for word in command]
        self.log = pathlib.Path(log)
        with open(self.log, 'wb') as output:
            self.popen = subprocess.Popen(self.command, env=environment, stdout=output, stderr=output,
                                          **{'stdin': subprocess.DEVNULL, **options})

    @property
    def pid(self):
        """Its number."""
        return self.popen.pid

    @property
    def status(self):
        """The exit status; None while it runs, negative for a signal."""
        return self.popen.poll()

    @property
    def output(self):
        """Everything it has written so far."""
        return self.log.read_text(encoding='utf-8', errors='replace')

    def end(self):
        """Asks it to end, then makes it."""
        if self.status is None:
            self.popen.terminate()
            try:
                self.popen.wait(ENDING)
            except subprocess.TimeoutExpired:
                self.popen.kill()
        self.popen.wait()
