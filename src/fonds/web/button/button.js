(() => {
  const own = document.currentScript;
  const { label, members } = own.dataset;
  const base = new URL(own.src).origin + new URL(own.src).pathname.replace(/\/button\.js$/, "");
  const french = document.documentElement.lang.startsWith("fr");
  const words = french
    ? ["PDF dans l’archive", "Dans l’archive, pour les membres"]
    : ["PDF in the archive", "In the archive, for members"];
  const places = new Map();
  for (const place of document.querySelectorAll('[data-doi], a[href*="doi.org/10."]')) {
    let text = place.dataset.doi || place.pathname.slice(1);
    try {
      text = decodeURIComponent(text);
    } catch {}
    const doi = /^10\.\d{4,9}\/\S+$/.exec(text.trim())?.[0].toLowerCase();
    if (doi) places.set(doi, [...(places.get(doi) ?? []), place]);
  }
  const dois = [...places.keys()].slice(0, 100);
  if (!dois.length) return;
  fetch(`${base}/lookup?${new URLSearchParams(dois.map((doi) => ["doi", doi]))}`, {
    credentials: "omit",
    referrerPolicy: "no-referrer",
  })
    .then((answer) => answer.json())
    .then(({ references }) => {
      for (const { id, title, entitled, vor, document: page } of references) {
        const pdf = entitled === "yes" && vor[0]?.url;
        for (const place of places.get(id)) {
          const link = document.createElement("a");
          link.className = pdf ? "fonds-pdf" : "fonds-members";
          link.href = pdf || page;
          link.textContent = pdf ? label || words[0] : members || words[1];
          link.setAttribute("aria-label", `${link.textContent}: ${title}`);
          if (place.matches("a")) place.after(" ", link);
          else place.append(" ", link);
        }
      }
    })
    .catch(() => {});
})();
