"""Who acts in a script (行为人): names of the file become actors with their roles."""

from __future__ import annotations

from typing import Final

from bankcore.scenarios.parts import NARRATOR
from bankcore.scenarios.script import Script
from bankcore.values.errors import BadInput
from bankcore.values.reading import known_id
from bankcore.values.roles import Actor, Role

SCRIPT: Final = Actor(NARRATOR, Role.SCRIPT)


def actors_of(script: Script) -> dict[str, Actor]:
    """Name -> actor: the narrator, the staff in their roles, the cast as customers."""
    found = {NARRATOR: SCRIPT}
    found |= {person.id: Actor(person.id, Role.CUSTOMER) for person in script.cast}
    return found | {person.id: Actor(person.id, person.role) for person in script.staff}


def actor_of(script: Script, name: str, place: str = "") -> Actor:
    """The actor of a name, or of `name:role` for a second role of somebody."""
    who, colon, role = name.partition(":")
    if colon:
        roles = [known.value for known in Role]
        return Actor(who, Role(known_id("role", role, roles, place)))
    known = actors_of(script)
    if who not in known:
        raise BadInput(f"no actor {who!r}", place=place, remedy=f"known: {', '.join(known)}")
    return known[who]
