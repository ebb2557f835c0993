"""Forwards TCP connections. Each argument is a port to listen on, and the host and port to forward to, as 8888=host:8888."""

import asyncio
import sys


async def pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


def forward(host, port):
    async def accepted(reader, writer):
        try:
            behind_reader, behind_writer = await asyncio.wait_for(asyncio.open_connection(host, port), 10)
        except (OSError, asyncio.TimeoutError):
            writer.close()
            return
        await asyncio.gather(pump(reader, behind_writer), pump(behind_reader, writer))

    return accepted


async def main(rules):
    servers = []
    for rule in rules:
        port, _, target = rule.partition("=")
        host, _, behind = target.rpartition(":")
        servers.append(await asyncio.start_server(forward(host, int(behind)), "0.0.0.0", int(port)))
    await asyncio.gather(*(server.serve_forever() for server in servers))


asyncio.run(main(sys.argv[1:]))
