"""Reads an HTTP request as JSON from standard input and prints its status and text as JSON. The harness runs it in another network namespace."""

import json
import sys

from shell import http

address, headers, method, body = json.load(sys.stdin)
print(json.dumps(http(address, headers, method, None if body is None else body.encode())))
