// Wikipedia: references with a DOI or a PubMed number. A citation's own words check the identifier.
"use strict";

globalThis.fondsPage = {
  site: "wikipedia",
  articles() {
    const found = new Map();
    const links = 'a[href*="doi.org/10."], a[href*="pubmed.ncbi.nlm.nih.gov/"]';
    for (const link of document.querySelectorAll(links)) {
      const place = link.closest("cite") ?? link;
      const known = found.get(place) ?? { reference: said(place), anchor: link, where: "afterend" };
      Object.assign(known.reference, identifier(link.href, known.reference));
      known.anchor = link;
      found.set(place, known);
    }
    return [...found.values()].filter(({ reference }) => reference.doi || reference.pmid);

    // the first of each kind: a second one is of another work
    function identifier(href, { doi, pmid }) {
      const plain = decodeURIComponent(href.replace(/%(?![\dA-Fa-f]{2})/g, "%25"));
      const number = /pubmed\.ncbi\.nlm\.nih\.gov\/(\d+)/.exec(plain)?.[1];
      const name = /doi\.org\/(10\.\d{4,9}\/[^\s?#"<>]+)/.exec(plain)?.[1];
      return { doi: doi || name || "", pmid: pmid || number || "" };
    }

    // COinS beside or inside the citation
    function said(place) {
      const coins = place.querySelector?.("span.Z3988") ?? place.nextElementSibling;
      if (!coins?.matches?.("span.Z3988")) return {};
      const title = new URLSearchParams(coins.title).get("rft.atitle") ?? "";
      return title ? { title } : {};
    }
  },
};
