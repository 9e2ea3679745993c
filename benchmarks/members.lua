-- Sends each request as the next member: `wrk -s members.lua ADDRESS -- FILE-OF-SESSION-KEYS [BODY]`.
-- With a body it is a POST with a CSRF token. Without a file the requests are a visitor's.
local TOKEN = string.rep("b", 32)
local keys, at, body = {}, 0, nil

function init(args)
  if args[1] then
    for line in io.lines(args[1]) do keys[#keys + 1] = line end
  end
  body = args[2]
end

function request()
  if #keys == 0 then return wrk.format("GET") end
  at = at % #keys + 1
  local headers = { Cookie = "sessionid=" .. keys[at] .. "; csrftoken=" .. TOKEN }
  if not body then return wrk.format("GET", nil, headers) end
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  return wrk.format("POST", nil, headers, body .. "&csrfmiddlewaretoken=" .. TOKEN)
end
