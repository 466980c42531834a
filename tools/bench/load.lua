-- One measure for wrk: requests come from a file, one a line (method, path, body; separated by tabs), taken in turn.
-- At the end it prints one line that run.mjs reads.
local requests, cookie = {}, os.getenv("BENCH_COOKIE")
local threads = 0

function setup(thread)
  thread:set("offset", threads * 997)
  threads = threads + 1
end

function init()
  local headers = { ["Cookie"] = cookie, ["Accept"] = os.getenv("BENCH_ACCEPT") or "text/html" }
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    local method, path, body = line:match("^(%u+)\t([^\t]+)\t?(.*)$")
    if method == "POST" then
      headers["Content-Type"] = os.getenv("BENCH_TYPE") or "application/json"
      headers["Origin"] = os.getenv("BENCH_ORIGIN")
    end
    requests[#requests + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
  at = offset or 0
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("BENCH %d %d %d %d %d %d\n", summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(99), latency.max))
end
