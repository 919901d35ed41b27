# SPDX-License-Identifier: GPL-3.0-or-later
"""The underlined letters: what has a text has one, in each language, and in one window none is there twice.

There is none on what is there many times: the button of a row that failed, where Enter on the row does the same, and
the numbers of the result pages; nor on tabs, which arrows lead to.
"""

import functools
import gettext
import io
import pathlib
import re
import subprocess
import xml.etree.ElementTree

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LANGUAGES = ('en', *(line for line in (ROOT / 'po' / 'LINGUAS').read_text(encoding='utf-8').split() if line[0] != '#'))
FILES = sorted(path.stem for path in (ROOT / 'ui').glob('*.ui'))
BUTTONS = ('GtkButton', 'GtkToggleButton', 'GtkCheckButton', 'GtkMenuButton')
FIELDS = ('GtkEntry', 'GtkPasswordEntry', 'GtkSearchEntry', 'GtkSpinButton', 'GtkDropDown', 'ObmHostChooser')
# What labels a button in the code, and with which of its arguments.
CALLS = {'obm_notice_show': 2, 'obm_compat_set_label': 1, 'obm_confirm_dialog_new': 3, 'gtk_button_set_label': 1,
         'gtk_button_new_with_label': 0, 'gtk_button_new_with_mnemonic': 0}

# Each window as it may be: its files, and which of the labels in those are not to be seen then. The letters of a
# popover count with its window, except the main menu's: that is a world of its own.
WINDOWS = {
    'not connected': (('obm-window',), ()),
    'results': (('obm-window', 'obm-search-page', 'obm-search-form', 'obm-mail-server-list', 'obm-result-pages',
                 'obm-pager', 'obm-post-it'), ('_Connect…',)),
    'connection': (('obm-connection-dialog',), ()),
    'consultation': (('obm-mail-server-dialog', 'obm-mail-server-details'),
                     ('_Cancel', 'C_reate', '_Modify configuration')),
    'creation': (('obm-mail-server-dialog', 'obm-mail-server-editor', 'obm-mail-server-form', 'obm-host-chooser'),
                 ('_Modify', '_Delete', '_Close', '_Modify configuration', '_Retry')),
    'modification': (('obm-mail-server-dialog', 'obm-mail-server-editor', 'obm-mail-server-form'),
                     ('_Modify', '_Delete', '_Close', 'C_reate', '_Host', '_Retry')),
    'conflict': (('obm-mail-server-dialog', 'obm-mail-server-editor', 'obm-mail-server-conflict'),
                 ('_Modify', '_Delete', '_Close', 'C_reate', '_Retry')),
    'deletion': (('obm-delete-dialog', 'obm-links-view'), ()),
    'leaving': (('obm-confirm-dialog',), ('_Modify anyway',)),
    'removing': (('obm-confirm-dialog', 'obm-links-view'), ('_Leave',)),
    'export': (('obm-export-dialog',), ('_Close',)),
    'export, done': (('obm-export-dialog',), ('_Cancel',)),
    'preferences': (('obm-preferences-window',), ()),
    'about': (('obm-about-window',), ()),
    'shortcuts': (('obm-shortcuts-window',), ()),
    'help': (('obm-help-dialog',), ()),
}
# In other windows, or alone.
NOWHERE = ('obm-notice', 'obm-status-page')


def tree(stem):
    """A file of ui/; None for a class without one."""
    path = ROOT / 'ui' / f'{stem}.ui'
    return xml.etree.ElementTree.parse(path) if path.exists() else None


def value(widget, name):
    """A property of an object in a file of ui/; None if it is not set there, or bound to another."""
    return next((element.text for element in widget.findall('property')
                 if element.get('name') == name and element.get('bind-source') is None), None)


def widgets(stem, *classes):
    """The objects of these classes in a file of ui/."""
    found = tree(stem)
    return [widget for widget in found.iter('object') if widget.get('class') in classes] if found else []


def inner_labels(widget):
    """The labels in a button that has more than a text."""
    return [inner for inner in widget.iter('object') if inner.get('class') == 'GtkLabel' and value(inner, 'label')]


def labels_of_buttons(stem):
    """(what the buttons of a file of ui/ say, whether "_" underlines)."""
    for widget in widgets(stem, *BUTTONS):
        for labelled in ([widget] if value(widget, 'label') else inner_labels(widget)):
            if widget.get('class') != 'GtkMenuButton' or labelled is widget:
                yield value(labelled, 'label'), value(labelled, 'use-underline') == '1'
    for widget in widgets(stem, 'ObmStatusPage'):
        if value(widget, 'button-label'):
            yield value(widget, 'button-label'), True


def labels_of_fields(stem):
    """What the labels say that lead to a field."""
    return [value(widget, 'label') for widget in widgets(stem, 'GtkLabel')
            if value(widget, 'mnemonic-widget') in {field.get('id') for field in widgets(stem, *FIELDS)}]


def labels_in_menus(stem):
    """What the items of the menus in a file of ui/ say."""
    found = tree(stem)
    return [item.text for item in found.iterfind('menu//item/attribute[@name="label"]')] if found else []


def split(arguments):
    """The arguments of a call in C, up to its closing parenthesis."""
    parts, depth = [''], 0
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|.', arguments, re.DOTALL):
        if token == ')' and depth == 0:
            return parts
        depth += {'(': 1, ')': -1}.get(token, 0)
        if token == ',' and depth == 0:
            parts.append('')
        else:
            parts[-1] += token
    return parts


def labels_in_code(stem, *functions):
    """What the buttons say that a class labels by itself, with one of these functions or any of CALLS."""
    path = ROOT / 'src' / 'app' / f'{stem}.c'
    source = path.read_text(encoding='utf-8') if path.exists() else ''
    return [text for function in functions or CALLS for call in re.finditer(rf'\b{function} \(', source)
            for part in split(source[call.end():])[CALLS[function]:][:1]
            for text in re.findall(r'_\("([^"]+)"\)', part)]


def sources():
    """The classes of the program."""
    return sorted(path.stem for path in (ROOT / 'src' / 'app').glob('*.c'))


@functools.lru_cache(maxsize=None)
def translation(language):
    """The program in a language."""
    if language == 'en':
        return gettext.NullTranslations()
    compiled = subprocess.run(['msgfmt', '-o', '-', ROOT / 'po' / f'{language}.po'], check=True, capture_output=True)
    return gettext.GNUTranslations(io.BytesIO(compiled.stdout))


def letter(label, language):
    """The underlined letter of a label; None without one, or with several."""
    found = re.findall('_(.)', translation(language).gettext(label))
    return found[0].lower() if len(found) == 1 and found[0].isalnum() and found[0].isascii() else None


def twice(labels, language):
    """Which labels have a letter that another one has too."""
    letters = {label: letter(label, language) for label in labels}
    return sorted(f'{translation(language).gettext(label)} ({key})' for label, key in letters.items()
                  if list(letters.values()).count(key) > 1)


def where(find, stems=FILES):
    """What find() finds wrong in each file, where it finds something."""
    return {stem: found for stem in stems if (found := find(stem))}


@pytest.mark.parametrize('language', LANGUAGES)
def test_button_has_no_letter(language):
    assert where(lambda stem: [label for label, underlines in labels_of_buttons(stem)
                               if not underlines or not letter(label, language)]) == {}


@pytest.mark.parametrize('language', LANGUAGES)
def test_button_that_the_code_labels_has_no_letter(language):
    assert where(lambda stem: [label for label in labels_in_code(stem) if not letter(label, language)],
                 sources()) == {}


@pytest.mark.parametrize('language', LANGUAGES)
def test_menu_item_has_no_letter(language):
    assert where(lambda stem: [label for label in labels_in_menus(stem) if not letter(label, language)]) == {}


@pytest.mark.parametrize('language', LANGUAGES)
def test_field_has_no_label_with_a_letter(language):
    def fields(stem):
        labelled = {value(label, 'mnemonic-widget') for label in widgets(stem, 'GtkLabel')
                    if value(label, 'use-underline') == '1' and letter(value(label, 'label'), language)}
        return [field.get('id') for field in widgets(stem, *FIELDS) if field.get('id') not in labelled]
    assert where(fields) == {}


@pytest.mark.parametrize('language', LANGUAGES)
@pytest.mark.parametrize('name', WINDOWS)
def test_letter_is_there_twice(name, language):
    stems, hidden = WINDOWS[name]
    labels = {label for stem in stems for label, _underlines in labels_of_buttons(stem)}
    labels.update(label for stem in stems for label in labels_of_fields(stem))
    labels.update(label for stem in stems for label in labels_in_code(stem, 'obm_notice_show', 'obm_compat_set_label'))
    if 'obm-confirm-dialog' in stems:
        labels.update(label for stem in sources() for label in labels_in_code(stem, 'obm_confirm_dialog_new'))
    assert set(hidden) <= labels
    assert twice(labels - set(hidden), language) == []


@pytest.mark.parametrize('language', LANGUAGES)
def test_letter_is_there_twice_in_a_menu(language):
    assert where(lambda stem: twice(labels_in_menus(stem), language)) == {}


def test_window_is_not_looked_at():
    assert {stem for stems, _hidden in WINDOWS.values() for stem in stems} | set(NOWHERE) == set(FILES)
