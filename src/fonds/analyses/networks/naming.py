"""What communities of documents are about: the terms and keywords that tell them apart."""

from __future__ import annotations

from collections import Counter
from math import log

import msgspec

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.networks.network import Community, Network
from fonds.enrich.folding import folded

_WORDS = 3  # of a name
_DOCUMENTS = 2  # named behind them


def named_by_terms(corpus: Corpus, network: Network) -> Network:
    """Return a network of documents, its communities named by their terms and first documents."""
    by_ark = {one.ark: one for one in corpus.digests}
    documents = [by_ark[node.ark] for node in network.nodes]
    everywhere = Counter(term for one in documents for term in _terms(one))
    spelt = {key: name for one in documents for key, name in _terms(one).items()}

    def renamed(one: Community) -> Community:
        found = Counter(term for at in one.members for term in _terms(documents[at]))
        shared = [term for term, count in found.items() if count > 1]
        shared.sort(
            key=lambda term: (-found[term] * log(1 + len(documents) / everywhere[term]), term)
        )
        words = ", ".join(spelt[term] for term in shared[:_WORDS])
        first = ", ".join(one.label.split(", ")[:_DOCUMENTS])
        return msgspec.structs.replace(one, label=f"{words} ({first})" if words else one.label)

    return msgspec.structs.replace(network, communities=tuple(map(renamed, network.communities)))


def _terms(document: Digest) -> dict[str, str]:
    """Return the terms and keywords of a document, each by what its spellings share."""
    said = [*(one.term for one in document.terms), *document.keywords]
    return {folded(one): one for one in said if folded(one)}
