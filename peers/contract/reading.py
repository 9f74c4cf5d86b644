"""An error of the Calendar API as its asker reads it."""

import json

import pytest
from googleapiclient.errors import HttpError


def reason(raised: pytest.ExceptionInfo[HttpError]) -> tuple[int, str]:
    """Status and first reason: google-api-python-client's own error_details hide it behind newer details."""
    return raised.value.status_code, json.loads(raised.value.content)["error"]["errors"][0]["reason"]
