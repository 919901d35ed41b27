# SPDX-License-Identifier: GPL-3.0-or-later
"""Page bounds, and query values that are refused."""

import pytest

from .database import EVERYWHERE
from .obm21 import GLOBAL

LISTS = ['/mailservers', '/hosts']
BAD_NUMBERS = ['', '0', '-1', 'abc', '1e3', '1.0', '0x10', '%20', '1%20', '%201', '1a', '--1', '1%00', '%00',
               'true', '%C2%BD']
BAD_ROWS = BAD_NUMBERS + ['1001', '2147483648', '4294967297', '18446744073709551617', '9' * 400,
                          '-9223372036854775809']
BAD_BOOLEANS = ['', '1', '0', 'TRUE', 'True', 'yes', 'null', 'true%20', 'truee', 'true%00', 'x']
BAD_WORDS = ['', 'HOST', 'host;', 'host,id', 'mailserver_id', 'host_name', '1', "host'--", 'host%00',
             'domain']
UNKNOWN = ['q', 'Name', 'NAME', 'limit', 'offset', 'host', 'id', 'smtp-in', 'name%5B%5D', 'rows%20', '', "'"]


def fault(town, target, query):
    """What a query is answered on the domain's list."""
    return town.client().get(town.path(town.one, target) + '?' + query).fault


@pytest.mark.parametrize('target', LISTS)
def test_defaults(town, target):
    """Ten rows of the first page."""
    answer = town.client().read(town.path(town.one, target))
    assert (answer['page'], answer['rows'], len(answer['datas'])) == (1, 10, 10)


@EVERYWHERE
@pytest.mark.parametrize('target', LISTS)
@pytest.mark.parametrize('rows', [1, 2, 10, 999, 1000])
def test_rows_bounds(town, target, rows):
    """One to a thousand."""
    answer = town.client().read(town.path(town.one, target), rows=rows)
    assert answer['rows'] == rows
    assert len(answer['datas']) == min(rows, answer['length'])


@EVERYWHERE
@pytest.mark.parametrize('target', LISTS)
@pytest.mark.parametrize('page', [4, 1000, 2147483647])
def test_page_past_the_end(town, target, page):
    """No rows, but the length and the page asked for; no overflow wraps round to a page that exists."""
    whole = town.of(town.one, town.servers if target == '/mailservers' else town.machines)
    for rows in (10, 1000):
        answer = town.client().read(town.path(town.one, target), page=page, rows=rows)
        assert answer == {'length': len(whole), 'page': page, 'rows': rows, 'datas': []}


@EVERYWHERE
@pytest.mark.parametrize('page', [2**31, 2**32 + 1, 2**53 + 1, 2**63 - 1, 2**63, 2**64 + 1, 10**40])
def test_page_beyond_every_number(town, page):
    """Refused or empty, never the rows of another page."""
    answer = town.client().get(town.path(town.one, '/mailservers'), page=page, rows=10)
    if answer.status == 200:
        assert answer.json['datas'] == [] and answer.json['page'] == page
    else:
        assert answer.fault == (400, 'query.invalid', 'page')


@EVERYWHERE
@pytest.mark.parametrize('target', LISTS)
def test_an_empty_list(town, target):
    """Nothing found is an answer, not an error."""
    nothing = {'length': 0, 'page': 1, 'rows': 10, 'datas': []}
    assert town.client('admin3').read(town.path(town.empty, target)) == nothing
    assert town.client().read(town.path(town.one, target), name='nope')['length'] == 0


@pytest.mark.parametrize('target', LISTS)
@pytest.mark.parametrize('value', BAD_ROWS, ids=lambda value: value[:20] or 'empty')
def test_bad_rows(town, target, value):
    """A number of rows that is none, or out of bounds."""
    assert fault(town, target, f'rows={value}') == (400, 'query.invalid', 'rows')


@pytest.mark.parametrize('target', LISTS)
@pytest.mark.parametrize('value', BAD_NUMBERS, ids=lambda value: value or 'empty')
def test_bad_page(town, target, value):
    """A page that is no number from 1."""
    assert fault(town, target, f'page={value}') == (400, 'query.invalid', 'page')


@pytest.mark.parametrize('target,name',
                         [('/mailservers', 'imap'), ('/mailservers', 'smtp_in'), ('/mailservers', 'smtp_out'),
                          ('/hosts', 'available')])
@pytest.mark.parametrize('value', BAD_BOOLEANS, ids=lambda value: value or 'empty')
def test_bad_boolean(town, target, name, value):
    """Just `true` and `false`."""
    assert fault(town, target, f'{name}={value}') == (400, 'query.invalid', name)


@pytest.mark.parametrize('target', LISTS)
@pytest.mark.parametrize('name', ['sort', 'order'])
@pytest.mark.parametrize('value', BAD_WORDS, ids=lambda value: value or 'empty')
def test_bad_word(town, target, name, value):
    """A column or a direction that does not exist."""
    assert fault(town, target, f'{name}={value}') == (400, 'query.invalid', name)


@pytest.mark.parametrize('target,sort', [('/mailservers', 'name'), ('/hosts', 'host'), ('/hosts', 'imap'),
                                         ('/mailservers', 'asc'), ('/hosts', 'available')])
def test_sort_of_the_other_list(town, target, sort):
    """Each list has its own columns."""
    assert fault(town, target, f'sort={sort}') == (400, 'query.invalid', 'sort')


@pytest.mark.parametrize('target', LISTS)
@pytest.mark.parametrize('name', UNKNOWN, ids=lambda value: value or 'empty')
def test_unknown_parameter(town, target, name):
    """A misspelt criterion must not silently find everything."""
    answer = town.client().get(town.path(town.one, target) + f'?{name}=x')
    assert (answer.status, answer.type) == (400, 'query.invalid')
    if name.isalpha():
        assert answer.json['field'] == name


@pytest.mark.parametrize('name', ['%00', '%FF', 'n%00', '%C3', 'rows%00'])
def test_unknown_parameter_that_is_no_text(town, name):
    """A name that cannot be repeated in an answer is refused as well."""
    client = town.client()
    answer = client.exchange(client.head('GET', f'/v1{town.path(town.one, "/mailservers")}?{name}=5'))
    assert (answer.status, answer.type) == (400, 'query.invalid')


def test_parameters_of_the_other_list(town):
    """`available` is for hosts, roles are for mail servers."""
    assert fault(town, '/mailservers', 'available=true') == (400, 'query.invalid', 'available')
    assert fault(town, '/hosts', 'imap=true') == (400, 'query.invalid', 'imap')


@pytest.mark.parametrize('query',
                         ['name=h&name=h', 'ip=1&ip=2', 'rows=1&rows=1', 'page=1&page=2', 'sort=ip&sort=ip',
                          'order=asc&order=asc', 'imap=true&smtp_in=true&imap=true', 'name=&name=',
                          'name=h&n%61me=h'])
def test_repeated_parameter(town, query):
    """Which of two values counts would be a guess."""
    assert fault(town, '/mailservers', query) == (400, 'query.invalid', query.partition('=')[0])


@pytest.mark.parametrize('name,value',
                         [('name', '%FF'), ('name', '%C3%28'), ('name', '%C0%AF'), ('ip', '%ED%A0%80'),
                          ('name', '%F5%80%80%80'), ('name', 'h%00'), ('ip', '%00')])
def test_value_that_is_no_text(town, name, value):
    """Bytes that are not UTF-8, or a NUL that would cut the criterion short."""
    assert fault(town, '/mailservers', f'{name}={value}') == (400, 'query.invalid', name)


@pytest.mark.parametrize('query',
                         ['name=%', 'name=%4', 'name=%zz', 'name', '&', '&&', 'name=a&', '=', '?', 'name=a?b',
                          'name=a=b', 'name=a;b', '%', '%%%', 'name=%u0041', 'rows=5#x'])
def test_crooked_query(town, query):
    """Whatever is made of it, it is no fault of the server."""
    assert town.client().get(town.path(town.one, '/mailservers') + '?' + query).status in (200, 400)


@pytest.mark.parametrize('target', ['/domains', '/domains/{d}', '/{d}/session', '/{d}/update',
                                    '/{d}/mailservers/1', '/{d}/mailservers/1/links'])
def test_unknown_parameter_elsewhere(town, target):
    """Routes without parameters refuse one all the same."""
    answer = town.client('admin0').get(target.format(d=town.keys[GLOBAL]) + '?x=1')
    assert answer.fault == (400, 'query.invalid', 'x')
