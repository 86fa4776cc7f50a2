#!/usr/bin/env python3
"""Takes style and script, which are WordPress' own work, out of a small WARC, so that only our own
content and the marks round it are kept as a fixture. Usage: strip.py IN.warc.gz OUT.warc.gz"""
import gzip
import re
import sys

data = gzip.open(sys.argv[1], "rb").read()
out = open(sys.argv[2], "wb")
at = 0
while at < len(data):
    end = data.index(b"\r\n\r\n", at)
    head = data[at:end].decode()
    length = int(re.search(r"(?im)^content-length: *(\d+)", head).group(1))
    body = data[end + 4 : end + 4 + length]
    at = end + 4 + length + 4
    if "WARC-Type: resource" in head:
        continue  # wget's own log
    if b"text/html" in body[:600]:
        body = re.sub(rb"(?s)<(style|script|svg)\b.*?</\1>", b"", body)
    head = re.sub(r"(?im)^content-length: *\d+", f"Content-Length: {len(body)}", head)
    head = re.sub(r"(?im)^WARC-(Block|Payload)-Digest:.*\r\n", "", head)
    out.write(gzip.compress(head.encode() + b"\r\n\r\n" + body + b"\r\n\r\n", mtime=0))
out.close()
