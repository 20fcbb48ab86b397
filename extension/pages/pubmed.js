// PubMed: the article of a page, or the rows of a list, by PubMed number.
"use strict";

globalThis.fondsPage = {
  site: "pubmed",
  articles() {
    const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content.trim() ?? "";
    const rows = [...document.querySelectorAll("article.full-docsum")].flatMap((row) => {
      const pmid = row.querySelector(".docsum-pmid")?.textContent.trim() ?? "";
      const anchor = row.querySelector("a.docsum-title");
      return /^\d+$/.test(pmid) && anchor ? [{ reference: { pmid }, anchor, where: "afterend" }] : [];
    });
    const pmid = meta("citation_pmid") || meta("uid");
    const list = document.querySelector(".full-text-links-list");
    const anchor = list ?? document.querySelector("h1.heading-title");
    if (!/^\d+$/.test(pmid) || !anchor) return rows;
    const reference = { pmid, doi: meta("citation_doi").replace(/^doi:/i, "") };
    const where = anchor.matches("h1") ? "beforeend" : "afterbegin";
    return [{ reference, anchor, where }, ...rows];
  },
};
