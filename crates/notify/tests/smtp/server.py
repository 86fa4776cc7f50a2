"""A real SMTP server for the tests: aiosmtpd on three free ports of this machine.

    python3 server.py FOLDER    prints one line, for TORG_TEST_SMTP, and serves until it is ended:
    FOLDER plain=PORT starttls=PORT tls=PORT

Mails are written to FOLDER/<number>-<recipient>.eml. What happens to a recipient is told by the name:
greylist… is answered 451 the first time, unknown… 550 5.1.1, full… 552 5.2.2, policy… 550 5.7.1,
content… 554 after the mail itself, close… 421. The ports with TLS want the log-in torg / hemligt.
"""

import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

HERE = os.path.dirname(os.path.abspath(__file__))


class Mailbox:
    def __init__(self, folder):
        self.folder = folder
        self.seen = set()
        self.number = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name.startswith("greylist") and name not in self.seen:
            self.seen.add(name)
            return "451 4.7.1 Come back later"
        if name.startswith("unknown"):
            return "550 5.1.1 No such user here"
        if name.startswith("full"):
            return "552 5.2.2 Mailbox full"
        if name.startswith("policy"):
            return "550 5.7.1 Relaying denied"
        if name.startswith("close"):
            return "421 4.3.2 Shutting down"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name.startswith("content"):
            return "554 5.6.0 I do not like it"
        self.number += 1
        path = os.path.join(self.folder, f"{self.number:04}-{name}.eml")
        with open(path + ".part", "wb") as file:
            file.write(envelope.original_content)
        os.rename(path + ".part", path)
        with open(os.path.join(self.folder, "connections"), "a") as file:
            file.write(f"{session.peer[1]} {name}\n")
        return "250 2.0.0 Taken"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"torg", b"hemligt")
    return AuthResult(success=good, handled=good)


async def main(folder):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(HERE, "server.pem"))
    box = Mailbox(folder)
    login = {"authenticator": authenticate, "auth_required": True}

    def plain():
        return SMTP(box, enable_SMTPUTF8=False, hostname="localhost")

    def starttls():
        return SMTP(box, hostname="localhost", tls_context=context, require_starttls=True, **login)

    def wrapped():
        return SMTP(box, hostname="localhost", auth_require_tls=False, **login)

    loop = asyncio.get_running_loop()
    ports = []
    for name, factory, tls in [
        ("plain", plain, None),
        ("starttls", starttls, None),
        ("tls", wrapped, context),
    ]:
        server = await loop.create_server(factory, "127.0.0.1", 0, ssl=tls)
        ports.append(f"{name}={server.sockets[0].getsockname()[1]}")
    print(folder, *ports, flush=True)
    await asyncio.Event().wait()


asyncio.run(main(os.path.abspath(sys.argv[1])))
