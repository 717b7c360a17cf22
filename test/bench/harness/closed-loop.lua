-- POSTs the body given after "--"; %d in it becomes a number that no other request has.
local body, number = '', 0

function init(arguments)
  body = arguments[1]
  number = tonumber(arguments[2])
  wrk.method = 'POST'
  wrk.headers['Content-Type'] = 'application/json'
end

function request()
  number = number + 1
  return wrk.format(nil, nil, nil, (body:gsub('%%d', tostring(number))))
end
