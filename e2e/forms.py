"""The forms of a page, read as a browser reads them: every field with what stands in it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]


@dataclass(slots=True)
class Form:
    """Where it leads, and its fields as they would be sent; a button counts only when it is pressed."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""
        self._chosen: list[str] | None = None  # the text of the option being read, where it is its value as well

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""))
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag == "input":
            self._read_input(self._open, given)
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and (self._select not in self._open.fields or "selected" in given):
            self._open.fields[self._select] = given.get("value", "")
            self._chosen = None if "value" in given else []

    def handle_data(self, data: str) -> None:
        if self._chosen is not None:
            self._chosen.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "option" and self._open and self._chosen is not None:
            self._open.fields[self._select] = "".join(self._chosen).strip()
            self._chosen = None

    @staticmethod
    def _read_input(form: Form, given: Attributes) -> None:
        is_choice = given.get("type") in {"radio", "checkbox"}
        if "name" in given and (not is_choice or "checked" in given):
            form.fields[given["name"]] = given.get("value", "on" if is_choice else "")


def forms_of(markup: str) -> list[Form]:
    """Every form of the page, in its order."""
    reader = _Reader()
    reader.feed(markup)
    return reader.forms
