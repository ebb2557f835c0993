"""One HTTP request as JSON on standard input, its status and text as JSON on standard output: for another network than the harness's own."""

import json
import sys

from shell import http

address, headers, method, body = json.load(sys.stdin)
print(json.dumps(http(address, headers, method, None if body is None else body.encode())))
