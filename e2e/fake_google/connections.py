"""Third-party apps and services: what an account lets which project do, and ending it."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from . import browser as browsers
from . import permissions
from .nouns import Account, Grant, Project
from .pages import page
from .scopes import WORDS
from .signin import ask_who
from .world import World


@dataclass(frozen=True, slots=True)
class Connections:
    """The page that lists an account's permissions."""

    world: World

    def open(self, app: Flask) -> None:
        app.add_url_rule("/connections", "connections", self.connections)
        app.add_url_rule("/connections/<project>", "connection", self.connection)
        app.add_url_rule("/connections/<project>", "connection.delete", self.delete, methods=["POST"])

    def who(self) -> Account | None:
        given = request.args.get("authuser", "") or request.form.get("authuser", "")
        return browsers.chosen(self.world, browsers.this_browser(self.world), given)

    def connected(self, account: Account) -> list[tuple[Project, Grant]]:
        found = (
            (project, permissions.grant_of(self.world, account, project)) for project in self.world.projects.values()
        )
        return sorted(((project, grant) for project, grant in found if grant), key=lambda pair: pair[0].name)

    def connections(self) -> Response:
        account = self.who()
        if account is None:
            return ask_who("/connections")
        return page("connections.html", account=account, connected=self.connected(account))

    def connection(self, project: str) -> Response:
        account = self.who()
        if account is None:
            return ask_who(f"/connections/{quote(project)}")
        found = {one.id: (one, grant) for one, grant in self.connected(account)}
        if project not in found:
            return redirect(f"/connections?authuser={account.sub}", 302)
        shown, grant = found[project]
        told = [WORDS[scope] for scope in grant.scopes]
        asks = "confirm" in request.args
        return page("connection.html", account=account, project=shown, told=told, asks=asks)

    def delete(self, project: str) -> Response:
        account = self.who()
        if account is None:
            return ask_who(f"/connections/{quote(project)}")
        permissions.end_project(self.world, account.sub, project)
        return redirect(f"/connections?authuser={account.sub}", 303)
