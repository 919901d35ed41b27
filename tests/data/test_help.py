# SPDX-License-Identifier: GPL-3.0-or-later
"""The help says what the program says, the same in both languages, and is one page that needs nothing else."""

import collections
import functools
import html.parser
import os
import pathlib
import re
import subprocess
import xml.etree.ElementTree

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get('OBM_BUILD', ROOT / 'build')).resolve()
HELP = ROOT / 'data' / 'help'
FOLDERS = {'C': 'en', 'fr': 'fr'}
PAGES = sorted(path.name for path in (HELP / 'C').glob('*.page'))
# What stands in a line, where the languages may order it in their own ways.
INLINE = {'gui', 'guiseq', 'key', 'keyseq', 'em', 'code', 'cmd', 'file', 'input', 'link'}
# Where everything that the program may say is an error that somebody will look up.
ERRORS = ('src/app/obm-error-text.c', 'src/app/obm-connection-dialog.c', 'src/app/obm-help.c')
LIMIT = 1_500_000  # bytes of all figures

by_page = pytest.mark.parametrize('name', PAGES)
by_folder = pytest.mark.parametrize('folder', FOLDERS)


def parse(folder, name):
    """The root of a page, without the namespace of Mallard."""
    root = xml.etree.ElementTree.parse(HELP / folder / name).getroot()
    for element in root.iter():
        element.tag = element.tag.rpartition('}')[2]
    return root


def text_of(element):
    """What an element says; a space that does not break is a space."""
    return ' '.join(''.join(element.itertext()).split())


def quotations(element):
    """What the program says, in an element."""
    return [text_of(gui) for gui in element.iter('gui')]


# The program's words

def read_messages(path):
    """The messages of a PO file: [(every English form, every translated form)]."""
    messages = []
    for entry in path.read_text(encoding='utf-8').split('\n\n'):
        forms = collections.defaultdict(str)
        for keyword, line in re.findall(r'^(?:(msg\w+)(?:\[\d\])? )?"(.*)"$', entry, re.MULTILINE):
            if keyword:
                key = len(forms), keyword
            forms[key] += line.replace(r'\"', '"').replace(r'\n', '\n')
        messages.append(([text for (_, word), text in forms.items() if word.startswith('msgid')],
                         [text for (_, word), text in forms.items() if word.startswith('msgstr')]))
    return messages


def make_pattern(forms):
    """Matches what is shown of a message: without underlines, with something in the place of each format."""
    alternatives = []
    for form in forms:
        shown = ' '.join(form.replace('_', '').split())
        # Only formats and punctuation would match anything.
        if len(re.findall(r'[^\W\d]', shown.replace('%s', ''))) > 1:
            alternatives.append('.+'.join(map(re.escape, shown.split('%s'))))
    return re.compile('|'.join(alternatives) or '(?!)')


@functools.lru_cache(maxsize=None)
def patterns():
    """[(what matches a message in English, what matches it in French)]."""
    return [tuple(map(make_pattern, message)) for message in read_messages(ROOT / 'po' / 'fr.po')]


def messages_of(text, language):
    """The numbers of the messages that may say this."""
    column = list(FOLDERS.values()).index(language)
    return frozenset(number for number, pair in enumerate(patterns()) if pair[column].fullmatch(text))


# Both languages

def skeleton(element):
    """What must be the same in every language: how a page is made, and what its lines refer to."""
    attributes = {key: value for key, value in element.attrib.items() if not key.endswith('}lang')}
    inline = sorted((child.tag, sorted(child.attrib.items())) for child in element if child.tag in INLINE)
    blocks = [skeleton(child) for child in element if child.tag not in INLINE]
    return element.tag, attributes, inline, blocks


def blocks_with_quotations(root):
    """The quotations of each paragraph and title, in their order."""
    return [quotations(block) for block in root.iter() if block.tag in ('p', 'title')]


def test_page_is_missing_in_a_language():
    for folder in FOLDERS:
        assert sorted(path.name for path in (HELP / folder).glob('*.page')) == PAGES


def test_page_is_not_in_the_contents():
    root = parse('C', 'index.page')
    listed = [link.get('xref') + '.page' for link in root.find('section').iter('link')]
    assert sorted([*listed, 'index.page']) == PAGES


@by_page
def test_french_page_falls_behind(name):
    assert skeleton(parse('fr', name)) == skeleton(parse('C', name))


@by_page
@by_folder
def test_page_names_itself_wrongly(name, folder):
    root = parse(folder, name)
    assert (root.get('id') + '.page', root.get('{http://www.w3.org/XML/1998/namespace}lang')) == (name, FOLDERS[folder])


@by_page
@by_folder
def test_quotation_is_not_what_the_program_says(name, folder):
    wrong = [text for text in quotations(parse(folder, name)) if not messages_of(text, FOLDERS[folder])]
    assert wrong == []


@by_page
def test_quotation_is_not_translated_as_the_program_is(name):
    """Each quotation in English has one in French, in the same paragraph, that translates the same message."""
    wrong = []
    for english, french in zip(blocks_with_quotations(parse('C', name)), blocks_with_quotations(parse('fr', name))):
        left = [messages_of(text, 'fr') for text in french]
        for text in english:
            match = next((other for other in left if other & messages_of(text, 'en')), None)
            if match is None:
                wrong.append((text, french))
            else:
                left.remove(match)
    assert wrong == []


@by_page
def test_french_line_may_break_before_its_punctuation(name):
    """Before these signs, and inside guillemets, French has a space that does not break."""
    text = ''.join(parse('fr', name).itertext())
    assert re.findall(r'\S+[ \n]+[:;?!»].?|« .?|\w+\'\w*', text) == []


# What the program does

@by_folder
@pytest.mark.parametrize('source', ERRORS)
def test_error_is_not_explained(source, folder, tmp_path):
    template = tmp_path / 'errors.pot'
    subprocess.run(['xgettext', '--from-code=UTF-8', '--keyword=_', f'--output={template}', source], cwd=ROOT,
                   check=True)
    errors = [english[0] for english, _ in read_messages(template) if english[0]]
    assert errors
    explained = frozenset().union(*(messages_of(text, FOLDERS[folder])
                                    for text in quotations(parse(folder, 'troubleshooting.page'))))
    assert [text for text in errors if not messages_of(text.replace('%s', '…'), 'en') & explained] == []


KEYS = {
    'C': {'comma': ',', 'question': '?', 'Page_Up': 'Page Up', 'Page_Down': 'Page Down', 'Control': 'Ctrl',
          'Escape': 'Esc', 'Return': 'Enter'},
    'fr': {'comma': ',', 'question': '?', 'Page_Up': 'Page préc.', 'Page_Down': 'Page suiv.', 'Control': 'Ctrl',
           'Shift': 'Maj', 'Home': 'Début', 'End': 'Fin', 'Escape': 'Échap', 'Return': 'Entrée'},
}


def keys_of(accel, folder):
    """The keys of an accelerator as the help calls them: <Control>f is ('Ctrl', 'F')."""
    names = [KEYS[folder].get(name, name) for name in re.findall(r'\w+', accel)]
    return tuple(name.upper() if len(name) == 1 else name for name in names)


@by_folder
def test_help_and_program_have_other_shortcuts(folder):
    """All but the keys that every program has: they are in the first paragraph."""
    source = (ROOT / 'src' / 'app' / 'obm-shortcuts.c').read_text(encoding='utf-8')
    table = re.search(r'shortcuts\[\] = \{(.*?)\n\};', source, re.DOTALL)[1]
    accels = {accel for keys in re.findall(r'\{ ("[^{}]+") \} \},', table) for accel in re.findall(r'"([^"]+)"', keys)}
    assert len(accels) > 20
    body = parse(folder, 'shortcuts.page').find('table').find('tbody')
    described = {tuple(map(text_of, keys.iter('key'))) for keys in body.iter('keyseq')}
    described |= {(text_of(key),) for parent in body.iter() if parent.tag != 'keyseq' for key in parent.findall('key')}
    assert described == {keys_of(accel, folder) for accel in accels}


# Figures

@by_folder
def test_figure_is_missing_or_not_shown(folder):
    shown = {media.get('src') for name in PAGES for media in parse(folder, name).iter('media')}
    assert {f'figures/{path.name}' for path in (HELP / folder / 'figures').iterdir()} == shown


@by_folder
def test_figure_says_nothing_to_who_cannot_see_it(folder):
    assert [media.get('src') for name in PAGES for media in parse(folder, name).iter('media')
            if not text_of(media)] == []


def test_figures_are_heavy():
    assert sum(path.stat().st_size for path in HELP.glob('*/figures/*')) < LIMIT


# Mallard

@by_folder
@pytest.mark.parametrize('check', ['validate', 'ids', 'links', 'media', 'orphans'])
def test_yelp_check(check, folder):
    result = subprocess.run(['yelp-check', check, *PAGES], cwd=HELP / folder, check=False, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
    assert (result.returncode, result.stdout) == (0, '')


# The page that is built of it

VOID = {'br', 'hr', 'img', 'input', 'link', 'meta'}


class Page(html.parser.HTMLParser):
    """What is in a built page; every element that is opened must be closed in its turn."""

    def __init__(self, path):
        super().__init__()
        self.open = []
        self.elements = []
        self.feed(path.read_text(encoding='utf-8'))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f'{tag} closes at {self.getpos()} what it did not open'

    def values(self, attribute):
        """Every value of an attribute."""
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


@pytest.fixture(params=FOLDERS)
def built(request):
    """A built page."""
    page = Page(BUILD / 'data' / 'help' / request.param / 'index.html')
    page.folder = request.param
    return page


def test_built_page_is_incomplete(built):
    assert built.elements[0] == ('html', {'lang': FOLDERS[built.folder]})
    assert {name.removesuffix('.page') for name in PAGES} <= set(built.values('id'))
    pictures = [media for name in PAGES for media in parse(built.folder, name).iter('media')]
    assert len([tag for tag, _ in built.elements if tag == 'img']) == len(pictures)


def test_built_page_leads_nowhere(built):
    assert all(target.startswith('#') for target in built.values('href'))
    assert {target[1:] for target in built.values('href')} <= set(built.values('id'))
    assert len(set(built.values('id'))) == len(built.values('id'))


def test_built_page_needs_another_file(built):
    assert all(source.startswith('data:image/png;base64,') for source in built.values('src'))
    assert not {tag for tag, _ in built.elements} & {'script', 'link', 'iframe', 'object'}
    css = (HELP / 'help.css').read_text(encoding='utf-8')
    assert not re.search(r'@import|url\(', css)
