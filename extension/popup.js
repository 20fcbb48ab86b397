// The toolbar window: a pasted DOI, PubMed number, ARK or title.
"use strict";

const place = document.getElementById("answer");
const show = (...parts) => place.replaceChildren(...parts);
const link = (text, href) => element("a", text, { href, target: "_blank", rel: "noopener" });

function identifierOf(text) {
  const doi = /\b10\.\d{4,9}\/\S+/.exec(text)?.[0];
  if (doi) return { doi: doi.replace(/[.,;]+$/, "") };
  const ark = /ark:\/?\S+/i.exec(text)?.[0];
  if (ark) return { ark };
  const pmid = /^(?:pmid:?\s*)?(\d{1,8})$/i.exec(text)?.[1];
  return pmid ? { pmid } : null;
}

async function byIdentifier(address, reference) {
  const answer = await ask(address, `/lookup?${new URLSearchParams(reference)}`);
  const [one] = answer.references;
  if (!one) return [element("p", say("popup_none"))];
  const pdf = one.entitled === "yes" && one.vor[0]?.url;
  const parts = [element("p", one.title, { className: "title" })];
  if (pdf) parts.push(Object.assign(link(say("popup_pdf"), pdf), { className: "button" }));
  if (one.entitled === "no") parts.push(element("p", say("popup_members")));
  return [...parts, link(say("popup_record"), one.document)];
}

async function byTitle(address, text) {
  const words = text.replace(/["\\]/g, " ").trim();
  const q = new URLSearchParams({
    q: `title:"${words}"`,
    size: "5",
    output: "arkIstex,title,host.title,publicationDate",
  });
  const { hits } = await ask(address, `/document?${q}`);
  const search = link(say("popup_search"), `${address}/?${new URLSearchParams({ q: words })}`);
  if (!hits.length) return [element("p", say("popup_none")), search];
  const list = document.createElement("ul");
  for (const hit of hits) {
    const item = document.createElement("li");
    const where = [hit.host?.title, hit.publicationDate].filter(Boolean).join(", ");
    item.append(link(hit.title, `${address}/notice/${hit.arkIstex}`), element("span", where));
    list.append(item);
  }
  return [list, search];
}

document.getElementById("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = document.getElementById("text").value.trim();
  const { address } = await readSettings();
  if (!address) return show(element("p", say("popup_unset")));
  const reference = identifierOf(text);
  try {
    show(...(await (reference ? byIdentifier(address, reference) : byTitle(address, text))));
  } catch {
    show(element("p", say("popup_failed")));
  }
});
