# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies of requests that write: what is no JSON, not enough of it, too much, or called something else."""

import json
import socket

import pytest

from .client import read_all, read_answer
from .obm21 import ROLES
from .writing import creation, etag_of, roles, until

MALFORMED = {
    'nothing': b'',
    'white space': b' \r\n\t',
    'half an object': b'{"host":{"id":1},"imap":true',
    'a word': b'imap',
    'a literal cut short': b'nul',
    'null': b'null',
    'a list': b'[]',
    'a list of what is right': b'[{"host":{"id":1},"imap":true,"smtp_in":true,"smtp_out":true}]',
    'a text': b'"{}"',
    'a number': b'1',
    'two objects': b'{}{}',
    'something behind': b'{"imap":true} x',
    'as OBM\'s pages wrote it': b"({imap:true,smtp_in:true,smtp_out:true})",
    'single quotes': b"{'imap':true,'smtp_in':true,'smtp_out':true}",
    'a form': b'imap=1&smtp_in=1&smtp_out=1',
    'a deep list': b'[' * 30000,
    'deep objects': b'{"a":' * 10000,
    'deep and closed': b'{"a":' * 9000 + b'1' + b'}' * 9000,
    'a zero byte': b'\0',
    'UTF-16': json.dumps({'imap': True}).encode('utf-16'),
    'noise': bytes(range(256)),
}
# Put in place of a role. Null is the same as absent.
NO_BOOLEANS = [None, 0, 1, 'true', 'imap', [], [True], {}, 1.0]
MAX = 65536


@pytest.fixture
def site(scratch):
    """(scratch, a free host's id, a mail server's path, its entity tag); nothing may change."""
    host = scratch.obm.add_host('hote1', scratch.one)
    server = scratch.obm.add_host_server('hote2', scratch.one, 'imap')
    before = scratch.obm.dump()
    yield scratch, host, f'{scratch.path}/mailservers/{server}', etag_of(scratch.admin, scratch.path, server)
    assert scratch.obm.changes(before) == {}


@pytest.fixture
def writable(scratch):
    """(scratch, a free host's id), where something will change."""
    return scratch, scratch.obm.add_host('hote1', scratch.one)


def whole(host):
    """A body of a creation, as JSON text whose last character is its brace."""
    return json.dumps(creation(host, 'imap')).encode()


@pytest.mark.parametrize('name', MALFORMED)
def test_what_is_no_object(site, name):
    """By POST, by PUT, and to start an update."""
    scratch, _host, target, etag = site
    fault = (400, 'body.malformed')
    assert scratch.admin.post(f'{scratch.path}/mailservers', MALFORMED[name]).fault == fault
    assert scratch.admin.put(target, MALFORMED[name], etag).fault == fault
    assert scratch.admin.post(f'{scratch.path}/update', MALFORMED[name]).fault == fault


@pytest.mark.parametrize('bad', [b'\xe9', b'\xff\xfe', b'\xc0\xaf', b'\xed\xa0\x80', b'\xf5\x80\x80\x80',
                                 b'\xe2\x82'])
def test_what_is_no_utf_8(site, bad):
    """Even in a member nobody reads."""
    scratch, host, target, etag = site
    body = whole(host)[:-1] + b', "note": "' + bad + b'"}'
    assert scratch.admin.post(f'{scratch.path}/mailservers', body).fault == (400, 'body.malformed')
    assert scratch.admin.put(target, body, etag).fault == (400, 'body.malformed')


@pytest.mark.parametrize('value', NO_BOOLEANS)
@pytest.mark.parametrize('role', ROLES)
def test_a_role_that_is_no_boolean(site, role, value):
    """Missing or of another type: the field says which."""
    scratch, host, target, etag = site
    others = {name: True for name in ROLES if name != role}
    for body in (others, {**others, role: value}):
        fault = (400, 'body.malformed', role)
        whole_body = {'host': {'id': host}, **body}
        assert scratch.admin.post(f'{scratch.path}/mailservers', whole_body).fault == fault
        assert scratch.admin.put(target, body, etag).fault == fault


@pytest.mark.parametrize('value', [None, 1, 'hote1', [], [1], True, {}, {'id': None}, {'id': 'x'},
                                   {'id': '1'}, {'id': 1.5}, {'id': True}, {'id': []}, {'id': {}},
                                   {'name': 'hote1'}], ids=json.dumps)
def test_a_host_that_is_none(site, value):
    """Not an object with an integer `id`; by its name nobody finds one."""
    scratch, _host, _target, _etag = site
    body = {**roles('imap'), 'host': value}
    fault = (400, 'body.malformed', 'host')
    assert scratch.admin.post(f'{scratch.path}/mailservers', body).fault == fault


def test_no_host(site):
    """The member is missing."""
    scratch, _host, _target, _etag = site
    answer = scratch.admin.post(f'{scratch.path}/mailservers', roles('imap'))
    assert answer.fault == (400, 'body.malformed', 'host')


@pytest.mark.parametrize('number', ['9223372036854775808', '-9223372036854775809', '1e400', '1' * 400])
def test_a_number_out_of_range(site, number):
    """Refused in one way or the other, and never taken for another number."""
    scratch, _host, _target, _etag = site
    body = f'{{"host":{{"id":{number}}},"imap":true,"smtp_in":false,"smtp_out":false}}'.encode()
    answer = scratch.admin.post(f'{scratch.path}/mailservers', body)
    assert answer.fault in ((400, 'body.malformed', 'host'), (400, 'body.malformed'),
                            (422, 'host.invalid', 'host'))


@pytest.mark.parametrize('media', [None, '', 'text/plain', 'text/json', 'application/x-www-form-urlencoded',
                                   'multipart/form-data; boundary=x', 'application/jsonp',
                                   'application/json5', 'application/merge-patch+json', 'json', '*/*',
                                   'text/plain; application/json'])
def test_what_is_called_something_else(site, media):
    """What a form of a foreign page could send is among it."""
    scratch, host, target, etag = site
    for method, path, headers in (('POST', f'{scratch.path}/mailservers', {}),
                                  ('PUT', target, {'If-Match': etag}),
                                  ('POST', f'{scratch.path}/update', {})):
        answer = scratch.admin.request(method, path, {**headers, 'Content-Type': media}, whole(host))
        assert answer.fault == (415, 'media.unsupported')


@pytest.mark.parametrize('media', ['application/json', 'Application/JSON', 'application/json;charset=utf-8',
                                   'application/json ; charset="UTF-8"'])
def test_other_names_of_json(writable, media):
    """Case, white space and a charset make no difference."""
    scratch, host = writable
    answer = scratch.admin.post(f'{scratch.path}/mailservers', whole(host), {'Content-Type': media})
    assert answer.status == 201


@pytest.mark.generations('2.1')
def test_members_nobody_knows(writable):
    """Ignored, whatever they are; so is what the gateway itself would write there."""
    scratch, host = writable
    body = {**creation(host, 'imap'), 'id': 4711, 'etag': 'x', 'usercreate': 'root', 'domain': '9',
            'more': [{'deep': [None, 1.5, 'é🦊']}]}
    body['host'].update({'name': 'x', 'domain': '9'})
    answer = scratch.admin.post(f'{scratch.path}/mailservers', body)
    assert answer.status == 201 and answer.json['id'] != 4711
    assert (answer.json['usercreate'], answer.json['host']['name']) == ('admin1', 'hote1')


def padded(body, size):
    """`body`, `size` bytes long."""
    return body[:-1] + b' ' * (size - len(body)) + body[-1:]


def chunked(client, target, body, size=4096, last=b'0\r\n\r\n'):
    """POSTs in chunks; the answer."""
    head = client.head('POST', '/v1' + target, {'Content-Type': 'application/json',
                                                'Transfer-Encoding': 'chunked'})
    parts = [body[at:at + size] for at in range(0, len(body), size)]
    data = b''.join(b'%x\r\n%s\r\n' % (len(part), part) for part in parts)
    with client.connect() as sock:
        sock.sendall(head + data + last)
        return read_answer(sock, 'POST')


@pytest.mark.parametrize('send', [lambda client, target, body: client.post(target, body), chunked],
                         ids=['length', 'chunked'])
def test_the_largest_body(writable, send):
    """64 KiB are taken, with a length or in chunks."""
    scratch, host = writable
    assert send(scratch.admin, f'{scratch.path}/mailservers', padded(whole(host), MAX)).status == 201


def test_one_byte_more(site):
    """That is too large, for every route that takes a body."""
    scratch, host, target, etag = site
    body = padded(whole(host), MAX + 1)
    fault = (413, 'body.too_large')
    assert scratch.admin.post(f'{scratch.path}/mailservers', body).fault == fault
    assert scratch.admin.put(target, body, etag).fault == fault
    assert scratch.admin.post(f'{scratch.path}/update', body).fault == fault
    assert chunked(scratch.admin, f'{scratch.path}/mailservers', body).fault == fault


def test_chunks_without_end(site):
    """Answered without waiting for an end that does not come."""
    scratch, host, _target, _etag = site
    body = padded(whole(host), MAX + 4096)
    answer = chunked(scratch.admin, f'{scratch.path}/mailservers', body, last=b'')
    assert answer.fault == (413, 'body.too_large')


def test_a_huge_length(site):
    """Answered by the head alone: nobody has to send ten gigabytes first."""
    scratch, _host, _target, _etag = site
    head = scratch.admin.head('POST', f'/v1{scratch.path}/mailservers',
                              {'Content-Type': 'application/json', 'Content-Length': str(10 ** 10)})
    assert scratch.admin.exchange(head, 'POST').fault == (413, 'body.too_large')


def test_a_body_cut_short(site):
    """The client went away in the middle: nothing is written."""
    scratch, host, _target, _etag = site
    body = whole(host)
    head = scratch.admin.head('POST', f'/v1{scratch.path}/mailservers',
                              {'Content-Type': 'application/json', 'Content-Length': str(len(body) + 1)})
    logged = len(scratch.gateway.stderr)
    with scratch.admin.connect() as sock:
        sock.sendall(head + body)
        sock.shutdown(socket.SHUT_WR)
        assert b' 201 ' not in read_all(sock)
    # Nobody hears what becomes of it, but the log tells when it is over.
    until(lambda: b'POST ' in scratch.gateway.stderr[logged:])


def test_chunks_cut_short(site):
    """The same without the last chunk."""
    scratch, host, _target, _etag = site
    body = whole(host)
    head = scratch.admin.head('POST', f'/v1{scratch.path}/mailservers',
                              {'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked'})
    with scratch.admin.connect() as sock:
        sock.sendall(head + b'%x\r\n%s\r\n' % (len(body), body))
        sock.shutdown(socket.SHUT_WR)
        assert b' 201 ' not in read_all(sock)


@pytest.mark.parametrize('query', ['?x=1', '?imap=true', '?host=1'])
def test_a_query(site, query):
    """Nothing of a write is in the query."""
    scratch, host, target, etag = site
    name = query[1:].partition('=')[0]
    fault = (400, 'query.invalid', name)
    assert scratch.admin.post(f'{scratch.path}/mailservers{query}', whole(host)).fault == fault
    assert scratch.admin.put(target + query, roles('smtp_in'), etag).fault == fault
    assert scratch.admin.delete(target + query, etag).fault == fault
