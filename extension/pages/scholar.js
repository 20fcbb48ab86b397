// Google Scholar: rows of results. Identifiers from the link, else title, year and first author.
"use strict";

globalThis.fondsPage = {
  site: "scholar",
  articles() {
    return [...document.querySelectorAll(".gs_r[data-cid]")].flatMap((row) => {
      const heading = row.querySelector(".gs_rt");
      if (!heading) return [];
      const reference = { ...identifiers(heading.querySelector("a")?.href ?? ""), ...said(row, heading) };
      const title = heading.querySelector("a") ?? heading.lastElementChild ?? heading;
      const told = reference.doi || reference.pmid || reference.pii;
      const described = reference.title && reference.year && reference.author;
      return told || described ? [{ reference, anchor: title, where: "afterend" }] : [];
    });

    function identifiers(href) {
      const plain = decoded(href);
      const doi = /\b10\.\d{4,9}\/[^\s?#&"<>]+/.exec(plain)?.[0] ?? "";
      const pmid = /pubmed\.ncbi\.nlm\.nih\.gov\/(\d+)/.exec(plain)?.[1] ?? "";
      const pii = /\/pii\/([A-Za-z]?[\dX()-]{8,})/.exec(plain)?.[1] ?? "";
      return { doi: doi.replace(/(\/(abstract|full|fulltext|pdf|epdf|meta|summary|html?)|\.(pdf|full|abstract|html?))+$/, ""), pmid, pii };
    }

    // "A Name, B Name… - Journal…, 1988 - host": ellipses cut what is long
    function said(row, heading) {
      const copy = heading.cloneNode(true);
      for (const label of copy.querySelectorAll(".gs_ctc, .gs_ctu, .gs_ct1, .gs_ct2")) label.remove();
      const title = copy.textContent.trim().replace(/\s+/g, " ");
      const byline = row.querySelector(".gs_a")?.textContent ?? "";
      const [people = "", place = ""] = byline.split(/[\s\u00a0]+[-–][\s\u00a0]+/);
      const author = people.split(",")[0].trim();
      const year = /\b(1[4-9]\d\d|20\d\d)$/.exec(place.trim())?.[1] ?? "";
      const whole = (text) => (/…|\.\.\.$/.test(text) ? "" : text);
      return { title: title.replace(/(…|\.\.\.)$/, ""), year: whole(title) && year, author: whole(author) };
    }

    function decoded(href) {
      try {
        return decodeURIComponent(href);
      } catch {
        return href;
      }
    }
  },
};
