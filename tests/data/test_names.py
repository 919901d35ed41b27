# SPDX-License-Identifier: GPL-3.0-or-later
"""What shows without words has a name all the same, for those who do not see it."""

import pathlib
import re
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
SILENT = ('GtkSpinner', 'GtkProgressBar', 'GtkImage', 'GtkListBox', 'GtkListView', 'GtkColumnView', 'GtkPopover',
          'GtkButton', 'GtkMenuButton')


def value(widget, name, kind='property'):
    """A property of an object; None if it has none."""
    return next((element.text for element in widget.findall(kind) if element.get('name') == name), None)


def says_something(widget):
    """Whether it has a text, or a name; or means nothing."""
    return value(widget, 'label') or value(widget, 'label', 'accessibility/property') or \
        value(widget, 'accessible-role') == 'presentation' or \
        any(inner.get('class') == 'GtkLabel' and value(inner, 'label') for inner in widget.iter('object'))


def named_in_code(stem, widget):
    """Whether the class gives it its name, or its text."""
    source = (ROOT / 'src' / 'app' / f'{stem}.c').read_text(encoding='utf-8')
    calls = (r'gtk_accessible_update_property \(GTK_ACCESSIBLE \(', r'obm_compat_set_label \(')
    return any(re.search(rf'{call}self->{widget.get("id")}\b', source) for call in calls)


def test_widget_without_words_has_no_name():
    found = [(path.stem, widget) for path in sorted((ROOT / 'ui').glob('*.ui'))
             for widget in xml.etree.ElementTree.parse(path).iter('object') if widget.get('class') in SILENT]
    assert [f'{stem}: {widget.get("class")} {widget.get("id")}' for stem, widget in found
            if not says_something(widget) and not named_in_code(stem, widget)] == []


def test_widget_with_a_name_has_no_role():
    """Newer GTK tells nobody the name of what is generic, as these are unless told otherwise."""
    assert [f'{path.stem}: {widget.get("class")}' for path in sorted((ROOT / 'ui').glob('*.ui'))
            for widget in xml.etree.ElementTree.parse(path).iter('object')
            if widget.get('class') in ('GtkSpinner', 'GtkPopover') and not value(widget, 'accessible-role')] == []
