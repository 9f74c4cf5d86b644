"""google-auth and google-api-python-client: the two addresses are `token_uri` and `api_endpoint`."""

import sys

import requests
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

BASE = sys.argv[1].rstrip("/")  # what the stand-in printed after Ready:
asked = {"account": "maria@clinic.example", "client_id": "checker", "scopes": ["calendarlist.readonly"]}
given = requests.post(f"{BASE}/_world/tokens", json=asked, timeout=5).json()
client = {"token_uri": f"{BASE}/token", "client_id": "checker", "client_secret": "checker-secret"}
credentials = Credentials(None, refresh_token=given["refresh_token"], **client)  # type: ignore[no-untyped-call]
calendar = build("calendar", "v3", credentials=credentials, client_options={"api_endpoint": f"{BASE}/calendar/v3/"})
print([entry["summary"] for entry in calendar.calendarList().list().execute()["items"]])
