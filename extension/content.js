// Puts a link beside each article of the page that the archive holds. `fondsPage` is the page's reader.
"use strict";

(async () => {
  const api = globalThis.browser ?? globalThis.chrome;
  const { site, articles } = globalThis.fondsPage;
  const places = articles();
  if (!places.length) return;
  const references = places.map(({ reference }, at) => ({ ...reference, id: String(at) }));
  const answer = await api.runtime.sendMessage({ type: "lookup", site, references });
  for (const one of answer?.found ?? []) {
    const { anchor, where } = places[Number(one.id)];
    anchor.insertAdjacentElement(where, link(one, answer.name));
  }

  function link(one, name) {
    const pdf = one.entitled === "yes" ? one.vor[0]?.url : "";
    const made = document.createElement("a");
    made.className = pdf ? "fonds-link" : "fonds-link fonds-members";
    made.href = pdf || one.document;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    made.textContent = "PDF";
    const label = api.i18n.getMessage(pdf ? "open_pdf" : "open_record", [name, one.title]);
    made.setAttribute("aria-label", label);
    made.title = label;
    return made;
  }
})();
