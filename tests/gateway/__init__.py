# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway as a program: its real executable, on a real database, over HTTP."""
