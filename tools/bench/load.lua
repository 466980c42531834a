-- One measure for wrk: requests come from a file, one a line, taken in turn: method, path, cookie, body, separated by tabs.
-- A body with MARK_ID in it is a case to be saved: each time it is sent it gets an id, and MARK_NUMBER a receipt, of its own,
-- since the same id again would be answered without a save. At the end it prints one line that wrk.mjs reads.
--
-- BENCH_REQUESTS  the file
-- BENCH_ORIGIN    the server's address, which a POST with a cookie has to name
-- BENCH_ACCEPT    what answer is asked for (default: a page)
local MARK_ID = "UUIDUUIDUUIDUUIDUUIDUUIDUUIDUUIDUUID"
local MARK_NUMBER = "NUMBNUMB"

local requests, fresh, at = {}, {}, 0
local threads = 0

function setup(thread)
  thread:set("offset", threads * 997)
  threads = threads + 1
end

local function seed()
  local random = assert(io.open("/dev/urandom", "rb"))
  local a, b, c, d, e, f = random:read(6):byte(1, 6)
  random:close()
  math.randomseed(((((a * 256 + b) * 256 + c) * 256 + d) * 256 + e) * 256 + f)
end

local function uuid()
  return string.format("%04x%04x-%04x-4%03x-%04x-%04x%04x%04x", math.random(0, 65535), math.random(0, 65535),
    math.random(0, 65535), math.random(0, 4095), math.random(32768, 49151), math.random(0, 65535),
    math.random(0, 65535), math.random(0, 65535))
end

function init()
  seed()
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    local method, path, cookie, body = line:match("^(%u+)\t([^\t]+)\t([^\t]*)\t?(.*)$")
    -- As a browser on the same machine asks, so that compression is part of the time.
    local headers = {
      ["Accept"] = os.getenv("BENCH_ACCEPT") or "text/html",
      ["Accept-Encoding"] = "gzip, deflate, br",
    }
    if cookie ~= "" then headers["Cookie"] = cookie end
    if method == "POST" then
      headers["Content-Type"] = body:sub(1, 1) == "{" and "application/json" or "application/x-www-form-urlencoded"
      headers["Origin"] = os.getenv("BENCH_ORIGIN")
    end
    requests[#requests + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
    fresh[#requests] = body:find(MARK_ID, 1, true) ~= nil
  end
  at = offset or 0
end

function request()
  at = at % #requests + 1
  if not fresh[at] then return requests[at] end
  -- Of the same length, so that Content-Length stays true.
  local text = requests[at]:gsub(MARK_ID, uuid(), 1)
  return (text:gsub(MARK_NUMBER, string.format("%08d", math.random(0, 99999999))))
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("BENCH %d %d %d %d %d %d\n", summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(99), latency.max))
end
