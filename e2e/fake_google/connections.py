"""Third-party apps and services: what an account lets which project do, and ending it."""

from urllib.parse import quote

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from e2e.fake_google import browser as browsers
from e2e.fake_google import permissions
from e2e.fake_google.nouns import Account, Grant, Project
from e2e.fake_google.pages import page
from e2e.fake_google.scopes import WORDS
from e2e.fake_google.signin import ask_who
from e2e.fake_google.world import World


def open_room(app: Flask, world: World) -> None:
    def who() -> Account | None:
        given = request.args.get("authuser", "") or request.form.get("authuser", "")
        return browsers.chosen(world, browsers.this_browser(world), given)

    def connected(account: Account) -> list[tuple[Project, Grant]]:
        found = ((project, permissions.grant_of(world, account, project)) for project in world.projects.values())
        return sorted(((project, grant) for project, grant in found if grant), key=lambda pair: pair[0].name)

    @app.get("/connections", endpoint="connections")
    def connections() -> Response:
        account = who()
        if account is None:
            return ask_who("/connections")
        return page("connections.html", account=account, connected=connected(account))

    @app.get("/connections/<project>", endpoint="connection")
    def connection(project: str) -> Response:
        account = who()
        if account is None:
            return ask_who(f"/connections/{quote(project)}")
        found = {one.id: (one, grant) for one, grant in connected(account)}
        if project not in found:
            return redirect(f"/connections?authuser={account.sub}", 302)
        shown, grant = found[project]
        told = [WORDS[scope] for scope in grant.scopes]
        asks = "confirm" in request.args
        return page("connection.html", account=account, project=shown, told=told, asks=asks)

    @app.post("/connections/<project>", endpoint="connection.delete")
    def delete(project: str) -> Response:
        account = who()
        if account is None:
            return ask_who(f"/connections/{quote(project)}")
        permissions.end_project(world, account.sub, project)
        return redirect(f"/connections?authuser={account.sub}", 303)
