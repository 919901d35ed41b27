-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What wrk sends: requests.lua KIND DOMAIN MAILSERVER FIRST_HOST N_HOSTS NEXT, where KIND is list, consult or write:
-- creations on the free hosts in turn, from the NEXTth on, and the deletion of what was created. Ends with a line of
-- figures for tests/bench/run. The login stands in OBM_BASIC, as HTTP writes it.

local kind, root, consult, first, n, host
local created = {}

function init(args)
  kind, root = args[1], '/v1/' .. args[2]
  consult = root .. '/mailservers/' .. args[3]
  first, n, host = tonumber(args[4]), tonumber(args[5]), tonumber(args[6])
  wrk.headers['Authorization'] = 'Basic ' .. os.getenv('OBM_BASIC')
  wrk.headers['Content-Type'] = 'application/json'
  if kind ~= 'write' then
    response = nil
  end
end

function request()
  if kind == 'list' then
    return wrk.format('GET', root .. '/mailservers')
  elseif kind == 'consult' then
    return wrk.format('GET', consult)
  end

  local server = table.remove(created)
  if server then
    local headers = {['Authorization'] = wrk.headers['Authorization'], ['If-Match'] = server.etag}
    return wrk.format('DELETE', server.path, headers)
  end
  host = host + 1
  local body = string.format('{"host":{"id":%d},"imap":true,"smtp_in":true,"smtp_out":false}', first + host % n)
  return wrk.format('POST', root .. '/mailservers', nil, body)
end

function response(status, headers)
  if status == 201 then
    created[#created + 1] = {path = headers['Location'], etag = headers['ETag']}
  end
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format('figures %d %d %d %d %d', summary.requests, summary.duration,
                      errors.connect + errors.read + errors.write + errors.status + errors.timeout,
                      latency:percentile(50), latency:percentile(99)))
end
