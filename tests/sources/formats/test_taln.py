"""Proceedings of TALN become a record per paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reader, Reading

_SMALL = """<conference><edition><acronyme>TALN'2099</acronyme><titre>Une conférence</titre>
<dateDebut>2019-06-11</dateDebut><presidents><president><prenom>Eve</prenom><nom>Un</nom>
</president></presidents></edition><articles><article id="taln-2019-long-001"><auteurs><auteur>
<prenom>Ada</prenom><nom>Deux</nom><email>a@b.fr</email><affiliationId>1</affiliationId></auteur>
</auteurs><affiliations><affiliation affiliationId="1">Un laboratoire</affiliation></affiliations>
<titre>Les abeilles</titre><type>long</type><pages>3-12</pages><resume>Un résumé.</resume>
<mots_cles>abeille, vol</mots_cles><title>Bees</title><abstract>A summary.</abstract>
<keywords>bee; flight</keywords></article></articles></conference>"""


@cache
def readers() -> tuple[Reader, ...]:
    """Return the installed readers, made once."""
    return load_readers()


def read_all(xml: bytes) -> tuple[Reading, ...]:
    """Read proceedings with the installed readers."""
    found = read_bytes(xml, readers(), LimitSettings())
    assert isinstance(found, tuple), found
    assert {reading.reader for reading in found} == {"taln"}
    return found


def test_paper() -> None:
    """A paper has both languages, its authors' addresses, its pages and conference."""
    (reading,) = read_all(_SMALL.encode())
    record = reading.record
    assert (record.title, record.translated_title[0].value) == ("Les abeilles", "Bees")
    assert (record.abstract, record.other_abstract[0].value) == ("Un résumé.", "A summary.")
    assert record.author[0].affiliations == ("Un laboratoire", "E-mail: a@b.fr")
    assert [(one.lang[0], one.value) for one in record.subject] == [
        ("fre", "abeille"),
        ("fre", "vol"),
        ("eng", "bee"),
        ("eng", "flight"),
    ]
    host = record.host
    assert host is not None
    assert host.pages is not None
    assert (host.title, host.publication_date, host.pages.last) == ("Une conférence", "2019", "12")
    assert host.conference[0].name == "TALN'2099"
    assert host.editor[0].name == "Eve Un"


def test_real_proceedings(shared: Path) -> None:
    """Every paper of eight conferences is a record with title, author and number of its own."""
    readings = [
        reading
        for path in sorted(shared.glob("corpora/nc-licensed/taln/*.xml"))
        for reading in read_all(path.read_bytes())
    ]
    assert len(readings) == 301
    assert all(reading.record.title and reading.record.author for reading in readings)
    assert len({reading.record.article_id for reading in readings}) == 301
    for reading in readings:
        assert reading.piece is not None
        assert read_all(reading.piece.data)[0].record == reading.record
