# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's process: started as an administrator starts it, watched until its end."""

import os
import pathlib
import re
import selectors
import signal
import subprocess
import time

from .client import Client

TOP = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get('OBM_BUILD',
                                      TOP / 'build')).resolve() / 'src' / 'gateway' / 'obm-gateway'
READY = re.compile(rb'Listening on (https?)://127\.0\.0\.1:([1-9][0-9]*)\n')
# Generous: under a sanitizer on a busy machine everything takes many times longer.
START = 30
STOP = 20
# libsoup 3.8 warns of what a client sent, which must not end the gateway: there only what is worse than a warning does
# at once.
FAULT = re.compile(rb'(?<!libsoup-)WARNING|CRITICAL|(?<!Database: )ERROR|Sanitizer|runtime error:|assertion|Segmentation')
SOUP = subprocess.run(['pkg-config', '--modversion', 'libsoup-3.0'], stdout=subprocess.PIPE, check=True,
                      encoding='utf-8').stdout
FATAL = 'fatal-warnings' if tuple(map(int, SOUP.split('.'))) < (3, 7) else 'fatal-criticals'


def environment():
    """Warnings kill the program, where they can; its clock is far from UTC, so that a local time where UTC is due shows."""
    return {**os.environ, 'G_DEBUG': FATAL, 'TZ': 'Pacific/Auckland', 'LC_ALL': 'C.UTF-8'}


def write_settings(path, text, mode=0o640):
    """A file for --config: what is in its group [gateway]."""
    path.touch(mode)
    path.chmod(mode)
    path.write_text(f'[gateway]\n{text}', encoding='utf-8')
    return path


class Gateway:
    """A running gateway. `options` are long options without the dashes; None leaves the default one out."""

    def __init__(self, database, directory, /, *, variables=None, **options):
        self.directory = pathlib.Path(directory)
        self.secrets = set()
        self.stderr_path = self.directory / f'gateway-{time.monotonic_ns()}.stderr'
        self.command = self.command_for(database, **options)
        with open(self.stderr_path, 'wb') as stderr:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                            stderr=stderr, cwd=self.directory,
                                            env={**environment(), **(variables or {})})
        self.line = self.read_line()
        ready = READY.fullmatch(self.line)
        if not ready:
            self.kill()
            raise AssertionError(f'{self.command} did not start: {self.line!r}\n{self.last_words}')
        self.port = int(ready.group(2))

    @staticmethod
    def command_for(database, /, **options):
        """The words of the command that starts it."""
        options = {'database': database and database.url, 'listen': '127.0.0.1:0', **options}
        command = [str(PROGRAM)]
        for name, value in options.items():
            if value is True:
                command.append('--' + name.replace('_', '-'))
            elif value is not None:
                command += ['--' + name.replace('_', '-'), str(value)]
        return command

    def read_line(self):
        """What the program prints until the end of a line, of its output or of our patience."""
        end = time.monotonic() + START
        line = b''
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not line.endswith(b'\n') and time.monotonic() < end:
                if selector.select(end - time.monotonic()):
                    read = os.read(self.process.stdout.fileno(), 4096)
                    line += read
                    if not read:
                        break
        return line

    @property
    def stderr(self):
        """Everything the program said beside its one line."""
        return self.stderr_path.read_bytes()

    @property
    def last_words(self):
        """The end of it, for people."""
        return self.stderr[-2000:].decode('utf-8', 'replace')

    def client(self, user=None, password='secret', peer='127.0.0.1'):
        """A client of this gateway; its password must never show in the log."""
        if user is not None:
            self.secrets.add(password if isinstance(password, bytes) else password.encode())
        return Client(self.port, user, password, peer)

    def kill(self):
        """Ends the program at once."""
        self.process.kill()
        self.process.wait(STOP)
        self.process.stdout.close()

    def stop(self, number=signal.SIGTERM):
        """Asks the program to end; it must have been alive, end with status 0 and have nothing to say."""
        status = self.process.poll()
        if status is not None:
            self.process.stdout.close()
            raise AssertionError(f'the gateway died with status {status}:\n{self.last_words}')
        self.process.send_signal(number)
        try:
            status = self.process.wait(STOP)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f'the gateway did not end within {STOP} s:\n{self.last_words}') from None
        with self.process.stdout:
            more = self.process.stdout.read()
        assert status == 0, f'status {status}:\n{self.last_words}'
        assert not more, f'more than one line on stdout: {more!r}'
        fault = FAULT.search(self.stderr)
        assert not fault, f'{fault} on stderr:\n{self.last_words}'
        # Passwords of a few letters are words of any log.
        shown = [secret for secret in self.secrets if len(secret) > 5 and secret in self.stderr]
        assert not shown, f'passwords on stderr: {shown}'


def run(*arguments):
    """Runs the program to its end: (status, stdout, stderr)."""
    done = subprocess.run([str(PROGRAM), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
                          env=environment(), timeout=START, check=False)
    return done.returncode, done.stdout, done.stderr
