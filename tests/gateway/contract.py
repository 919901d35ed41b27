# SPDX-License-Identifier: GPL-3.0-or-later
"""data/openapi.yaml, held against the answers of the gateway.

The document lets both sides add members (they ignore unknown ones); our own gateway is held to more: an
answer must not contain a member the document does not know.  Every $ref is replaced by what it points to when
the document is read, so that nothing here depends on how a version of jsonschema resolves references.
"""

import functools
import pathlib
import re
import urllib.parse

import jsonschema
import yaml

DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / 'data' / 'openapi.yaml'
METHODS = ('get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'trace')
# A longer page is checked by its two ends: validating every row of every big page would take minutes.
ROWS_CHECKED = 40


class Violation(AssertionError):
    """An answer that is not as the contract says."""


def load():
    """The document as it is written."""
    with open(DOCUMENT, encoding='utf-8') as stream:
        return yaml.safe_load(stream)


def resolve(document, reference):
    """What a local JSON pointer such as #/components/schemas/Host points to; KeyError if nowhere."""
    if not reference.startswith('#/'):
        raise KeyError(reference)
    node = document
    for step in reference[2:].split('/'):
        node = node[urllib.parse.unquote(step).replace('~1', '/').replace('~0', '~')]
    return node


def expand(document, node):
    """`node` with every $ref replaced; members beside a $ref are AND-ed to it (JSON Schema 2020-12)."""
    if isinstance(node, list):
        return [expand(document, item) for item in node]
    if not isinstance(node, dict):
        return node
    if '$ref' not in node:
        return {key: expand(document, value) for key, value in node.items()}
    target = expand(document, resolve(document, node['$ref']))
    beside = {key: expand(document, value) for key, value in node.items() if key != '$ref'}
    return {'allOf': [target, beside]} if beside else target


def close(node):
    """`node` with every object schema that lists its members closed to others."""
    if isinstance(node, list):
        return [close(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: close(value) for key, value in node.items()}
    if closed.get('properties') and closed.get('additionalProperties') is True:
        closed['additionalProperties'] = False
    return closed


def explain(schema, value):
    """The faults of `value` under `schema`, one a line; empty when there are none."""
    faults = jsonschema.Draft202012Validator(schema).iter_errors(value)
    return '\n'.join(f'{fault.json_path}: {fault.message}' for fault in faults)


def unreserved(escape):
    """An escape of a character that needs none is that character (RFC 3986, 6.2.2.2)."""
    character = chr(int(escape[1], 16))
    return character if re.fullmatch('[A-Za-z0-9._~-]', character) else escape[0]


class Contract:
    """The document, ready to judge answers."""

    def __init__(self):
        self.document = load()
        self.paths = {}
        for template, item in self.document['paths'].items():
            pattern = re.sub(r'\\\{[a-z]+\\\}', '[^/]+', re.escape(template))
            self.paths[template] = re.compile(pattern), item

    def match(self, path):
        """The template of a path after /v1, or None for an unknown route."""
        path = re.sub('%([0-9A-Fa-f]{2})', unreserved, path)
        # A literal segment wins over a parameter: /domains/1 is never the domain key "domains".
        found = [template for template, (pattern, _item) in self.paths.items() if pattern.fullmatch(path)]
        return min(found, key=lambda template: template.count('{')) if found else None

    def methods(self, template):
        """The methods of a route, HEAD included."""
        listed = {method.upper() for method in METHODS if method in self.paths[template][1]}
        return listed | {'HEAD'} if 'GET' in listed else listed

    @functools.lru_cache(maxsize=None)
    def response(self, method, template, status):
        """The closed response object for a status, or None where the document has none."""
        lower = 'get' if method == 'HEAD' else method.lower()
        # Methods have a case: "get" is none.
        operation = self.paths[template][1].get(lower) if template and method.isupper() else None
        owner = operation or self.document['x-no-operation']
        response = owner['responses'].get(str(status))
        return close(expand(self.document, response)) if response else None

    def check(self, method, path, answer):
        """Raises Violation unless `answer` is one the document allows for this request."""
        where = f'{method} {path} -> {answer.status}'
        template = self.match(path)
        response = self.response(method, template, answer.status)
        if response is None:
            route = template or 'an unknown route'
            raise Violation(f'{where}: not a status of {route}: {answer.body[:500]!r}')
        for name, header in response.get('headers', {}).items():
            values = answer.headers.get_all(name) or []
            if len(values) != 1:
                raise Violation(f'{where}: header {name} {len(values)} times')
            faults = explain(header['schema'], values[0])
            if faults:
                raise Violation(f'{where}: header {name}: {faults}')
        if method == 'HEAD' or 'content' not in response:
            if answer.body:
                raise Violation(f'{where}: a body where there is none: {answer.body[:200]!r}')
            return
        faults = explain(response['content']['application/json']['schema'], shorten(answer.json))
        if faults:
            raise Violation(f'{where}: {faults}')


def shorten(value):
    """A list answer with the middle of a long page cut out; anything else as it is."""
    rows = value.get('datas') if isinstance(value, dict) else None
    if isinstance(rows, list) and len(rows) > ROWS_CHECKED:
        half = ROWS_CHECKED // 2
        return {**value, 'datas': rows[:half] + rows[-half:]}
    return value
