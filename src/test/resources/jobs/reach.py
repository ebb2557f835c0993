"""Prints those of its arguments, HOST:PORT, where something accepts a connection."""
import socket
import sys
from concurrent.futures import ThreadPoolExecutor


def answers(address):
    host, port = address.rsplit(":", 1)
    try:
        socket.create_connection((host, int(port)), 4).close()
        return True
    except OSError:
        return False


with ThreadPoolExecutor(64) as threads:
    for address, answer in zip(sys.argv[1:], threads.map(answers, sys.argv[1:])):
        if answer:
            print(address)
print("TRIED", len(sys.argv) - 1)
