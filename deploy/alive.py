"""Whether the wizard of this container answers; it takes no other name than its own."""

import os
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

name = urlsplit(os.environ["WIZARD_PUBLIC_URL"]).netloc
line = HTTPConnection("127.0.0.1", int(os.environ["WIZARD_BIND"].rpartition(":")[2]), timeout=4)
line.request("GET", "/healthz", headers={"Host": name})
sys.exit(line.getresponse().status != 200)  # noqa: PLR2004 - OK
