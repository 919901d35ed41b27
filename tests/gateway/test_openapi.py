# SPDX-License-Identifier: GPL-3.0-or-later
"""data/openapi.yaml itself: well formed, complete, and strict enough to catch a wrong answer."""

import copy
import re

import jsonschema
import pytest

from .contract import METHODS, Contract, close, expand, explain, load, resolve

DOCUMENT = load()
DOMAIN_ERRORS = {400: {'query.invalid'}, 401: {'credentials.invalid'},
                 403: {'rights.insufficient', 'domain.foreign'}, 404: {'reference.unknown'},
                 414: {'uri.too_long'}, 429: {'requests.too_many'}, 500: {'internal'},
                 503: {'database.unavailable'}}
LIST_ERRORS = {**{status: types for status, types in DOMAIN_ERRORS.items() if status != 404},
               403: {'rights.insufficient'}}
BODY_ERRORS = {**DOMAIN_ERRORS, 400: {'body.malformed', 'query.invalid'}, 413: {'body.too_large'},
               415: {'media.unsupported'}}
# Every route of the contract: its good status, the headers that come with it, and every error it can answer.
ROUTES = {
    ('GET', '/domains'): (200, set(), LIST_ERRORS), ('GET', '/domains/{domain}'): (200, set(), DOMAIN_ERRORS),
    ('GET', '/{domain}/session'): (200, set(), DOMAIN_ERRORS),
    ('GET', '/{domain}/mailservers'): (200, set(), DOMAIN_ERRORS),
    ('POST', '/{domain}/mailservers'): (201, {'Location', 'ETag'}, {
        **BODY_ERRORS, 409: {'host.already_mailserver'}, 422: {'host.invalid', 'roles.empty'}}),
    ('GET', '/{domain}/mailservers/{id}'): (200, {'ETag'}, DOMAIN_ERRORS),
    ('PUT', '/{domain}/mailservers/{id}'): (200, {'ETag'}, {
        **BODY_ERRORS, 412: {'mailserver.changed'}, 422: {'host.immutable', 'roles.empty'},
        428: {'precondition.required'}}), ('DELETE', '/{domain}/mailservers/{id}'): (204, set(), {
            **DOMAIN_ERRORS, 409: {'mailserver.linked'}, 412: {'mailserver.changed'},
            428: {'precondition.required'}}),
    ('GET', '/{domain}/mailservers/{id}/links'): (200, set(), DOMAIN_ERRORS),
    ('GET', '/{domain}/hosts'): (200, set(), DOMAIN_ERRORS),
    ('GET', '/{domain}/update'): (200, set(), DOMAIN_ERRORS),
    ('POST', '/{domain}/update'): (202, {'Location'}, {
        **BODY_ERRORS, 409: {'update.running'}, 501: {'update.unavailable'}}),
    ('GET', '/{domain}/batches/{n}'): (200, set(), DOMAIN_ERRORS), }
QUERIES = {
    '/{domain}/mailservers': {'name', 'ip', 'imap', 'smtp_in', 'smtp_out', 'page', 'rows', 'sort', 'order'},
    '/{domain}/hosts': {'name', 'ip', 'available', 'page', 'rows', 'sort', 'order'},
}


def walk(node, path='#'):
    """Every (path, dict) of the document."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from walk(value, f'{path}/{key}')
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f'{path}/{index}')


def operations():
    """Every (method, template, operation) of the document."""
    for template, item in DOCUMENT['paths'].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), template, item[method]


def error_types(response):
    """The error types a response may carry."""
    schema = expand(DOCUMENT, response['content']['application/json']['schema'])
    return {kind for kind in DOCUMENT['components']['schemas']['ErrorType']['enum']
            if not [1 for fault in jsonschema.Draft202012Validator(schema).iter_errors({'type': kind})
                    if list(fault.path) == ['type']]}


def schemas():
    """Every (path, schema) that something is validated against."""
    for name, schema in DOCUMENT['components']['schemas'].items():
        yield f'#/components/schemas/{name}', schema
    for path, node in walk(DOCUMENT):
        if isinstance(node.get('schema'), dict):
            yield f'{path}/schema', node['schema']


def test_every_reference_leads_somewhere():
    """A dangling $ref makes the document useless to every tool."""
    for path, node in walk(DOCUMENT):
        if '$ref' in node:
            assert isinstance(resolve(DOCUMENT, node['$ref']), dict), path


@pytest.mark.parametrize('path,schema', schemas(), ids=lambda value: value if isinstance(value, str) else '')
def test_every_schema_is_json_schema(path, schema):
    """A misspelt keyword or type checks nothing."""
    jsonschema.Draft202012Validator.check_schema(expand(DOCUMENT, schema))
    known = {'type', 'properties', 'required', 'items', 'enum', 'const', 'pattern', 'minimum', 'maximum',
             'minLength', 'maxItems', 'anyOf', 'allOf', 'if', 'then', 'format', 'default', 'description',
             'examples', 'additionalProperties', '$ref'}
    for where, node in walk(schema):
        if not where.endswith('/properties') and '/examples/' not in where:
            assert set(node) <= known, f'{path} {where}'


def test_every_object_schema_leaves_room():
    """Unknown members are ignored by both sides, so no schema may forbid them."""
    for path, schema in schemas():
        for where, node in walk(schema):
            if node.get('type') == 'object':
                assert node.get('additionalProperties') is True, f'{path} {where}'


def test_operation_ids_are_unique():
    """Two operations of one name break every generated client."""
    names = [operation['operationId'] for _method, _template, operation in operations()]
    assert len(set(names)) == len(names)


def test_path_parameters_are_declared():
    """A {placeholder} without its parameter, or the reverse."""
    for template, item in DOCUMENT['paths'].items():
        parameters = expand(DOCUMENT, item.get('parameters', []))
        declared = {parameter['name'] for parameter in parameters
                    if parameter['in'] == 'path' and parameter['required']}
        assert declared == set(re.findall(r'\{([a-z]+)\}', template)), template


def test_no_route_is_missing_or_invented():
    """The document and the contract name the same routes."""
    assert {(method, template) for method, template, _operation in operations()} == set(ROUTES)


@pytest.mark.parametrize('method,template', ROUTES)
def test_every_status_and_type_is_present(method, template):
    """A status or an error type of the contract that the document forgot, or one too many."""
    good, headers, errors = ROUTES[method, template]
    responses = expand(DOCUMENT, DOCUMENT['paths'][template][method.lower()]['responses'])
    assert set(responses) == {str(status) for status in (good, *errors)}
    assert set(responses[str(good)]['headers']) == headers | {'Cache-Control'}
    for status, types in errors.items():
        assert error_types(responses[str(status)]) == types, status


def test_every_error_type_is_used():
    """An error type no operation can answer."""
    used = {'method.not_allowed'}.union(*(types for _good, _headers, errors in ROUTES.values()
                                          for types in errors.values()))
    assert set(DOCUMENT['components']['schemas']['ErrorType']['enum']) == used
    stray = expand(DOCUMENT, DOCUMENT['x-no-operation']['responses'])
    assert error_types(stray['405']) == {'method.not_allowed'}


@pytest.mark.parametrize('name,headers', [
    ('CredentialsInvalid', {'WWW-Authenticate'}), ('MethodNotAllowed', {'Allow'}),
    ('TooManyRequests', {'Retry-After'}), ('DatabaseUnavailable', {'Retry-After'}), ('Forbidden', set())])
def test_errors_carry_their_headers(name, headers):
    """The headers HTTP asks for with some statuses."""
    assert set(DOCUMENT['components']['responses'][name]['headers']) == headers | {'Cache-Control'}


def test_every_answer_forbids_storing():
    """A response without Cache-Control: no-store."""
    for path, node in walk(DOCUMENT['components']['responses']):
        if 'content' in node:
            assert 'Cache-Control' in node['headers'], path
    for method, template, operation in operations():
        for status, response in expand(DOCUMENT, operation['responses']).items():
            schema = response['headers']['Cache-Control']['schema']
            assert schema == {'type': 'string', 'const': 'no-store'}, f'{method} {template} {status}'


@pytest.mark.parametrize('template', QUERIES)
def test_every_query_parameter_is_present(template):
    """A criterion that the document forgot."""
    parameters = expand(DOCUMENT, DOCUMENT['paths'][template]['get']['parameters'])
    assert {parameter['name'] for parameter in parameters if parameter['in'] == 'query'} == QUERIES[template]
    by_name = {parameter['name']: parameter['schema'] for parameter in parameters}
    assert by_name['rows'] == {'type': 'integer', 'minimum': 1, 'maximum': 1000, 'default': 10}
    assert by_name['page'] == {'type': 'integer', 'minimum': 1, 'default': 1}
    assert by_name['order'] == {'type': 'string', 'enum': ['asc', 'desc'], 'default': 'asc'}


def examples():
    """Every (path, schema, value) that the document gives as an example."""
    for name, schema in DOCUMENT['components']['schemas'].items():
        for value in schema.get('examples', []):
            yield f'schemas/{name}', schema, value
    for path, node in walk(DOCUMENT):
        if 'schema' in node and isinstance(node.get('examples'), dict):
            for name, example in node['examples'].items():
                yield f'{path}/{name}', node['schema'], example['value']
        elif 'schema' in node and 'example' in node:
            yield path, node['schema'], node['example']


@pytest.mark.parametrize('path,schema,value', examples(),
                         ids=lambda value: value if isinstance(value, str) else '')
def test_every_example_is_valid(path, schema, value):
    """An example that the document itself refuses misleads whoever copies it."""
    assert not explain(close(expand(DOCUMENT, schema)), value), path


def test_every_schema_has_an_example():
    """A schema nobody ever held against a value."""
    missing = [name for name,
               schema in DOCUMENT['components']['schemas'].items() if not schema.get('examples')]
    assert not missing


def set_member(value, *path_and_new):
    """A copy of an example with one member replaced (or dropped when the new value is Ellipsis)."""
    *path, last, new = path_and_new
    value = copy.deepcopy(value)
    node = value
    for step in path:
        node = node[step]
    if new is ...:
        del node[last]
    else:
        node[last] = new
    return value


@pytest.mark.parametrize('name,fault', [
    ('MailServer', ('id', '12')), ('MailServer', ('id', 0)), ('MailServer', ('imap', 1)),
    ('MailServer', ('etag', ...)), ('MailServer', ('etag', 'W/"5f1c0a"')), ('MailServer', ('etag', '5f1c0a')),
    ('MailServer', ('host', None)), ('MailServer', ('pending', 'deleted')),
    ('MailServer', ('editable', None)), ('MailServer', ('extra', 1)), ('MailServer', ('host', 'extra', 1)),
    ('MailServer', ('url', 'https://elsewhere/1/mailservers/12')),
    ('MailServer', ('timecreate', '2008-06-13T09:00:00Z')),
    ('MailServer', ('timecreate', '2008-06-13 09:00:00')),
    ('MailServer', ('timecreate', '2008-13-13T09:00:00.000+0000')), ('MailServer', ('usercreate', 2)),
    ('Host', ('mailserver_id', 0)), ('Host', ('domain', 1)), ('Host', ('name', None)),
    ('MailServerList', ('length', -1)), ('MailServerList', ('rows', 1001)),
    ('MailServerList', ('datas', ...)), ('Link', ('first', list('abcdef'))), ('Link', ('count', '12')),
    ('Links', ('deletable', ...)), ('UpdateState', ('status', 'idle')),
    ('UpdateState', ('counts', 'created', None)),
    ('UpdateState', ('changes', 0, 'before', {'imap': True, 'smtp_in': True, 'smtp_out': True})),
    ('UpdateState', ('changes', 0, 'after', None)), ('UpdateState', ('batch', {'id': 3})),
    ('Batch', ('error', 'a\nb')), ('Batch', ('timestart', None)), ('Domain', ('aliases', None)),
    ('Session', ('rights', 'commit', None)), ('Error', ('type', 'sql.error')), ('Error', ('message', '')),
    ('LinkedError', ('links', ...)), ('ChangedError', ('current', ...)),
    ('MailServerCreate', ('host', 'id', '7')), ('MailServerUpdate', ('imap', None)), ])
def test_a_faulty_answer_is_caught(name, fault):
    """A schema so loose that it lets this fault pass."""
    schema = DOCUMENT['components']['schemas'][name]
    closed = close(expand(DOCUMENT, schema))
    assert not explain(closed, schema['examples'][0])
    assert explain(closed, set_member(schema['examples'][0], *fault))


@pytest.mark.parametrize('path,template', [
    ('/domains', '/domains'), ('/domains/1', '/domains/{domain}'), ('/1/session', '/{domain}/session'),
    ('/1/mailservers/12/links', '/{domain}/mailservers/{id}/links'), ('/1', None), ('/1/session/', None),
    ('/domains/session', '/domains/{domain}'), ('/1/%73ession', '/{domain}/session'), ('/1%2Fsession', None)])
def test_paths_find_their_route(path, template):
    """The checker itself judging an answer by the wrong operation."""
    assert Contract().match(path) == template
