// Zotero's own translators (npm: zotero-translators) read a page, or a file that Zotero would import.
// node zotero.cjs page|import ADDRESS -> one line of JSON: {translators, items}
"use strict";
const {createRequire} = require("module");
const own = createRequire(require.resolve("zotero-translators"));

// the package wants a fork of an XPath library that no registry has: jsdom's own XPath instead,
// which knows no namespaces, in HTML there is but one
const fork = own.resolve("wicked-good-xpath");
const kinds = ["ANY", "NUMBER", "STRING", "BOOLEAN", "UNORDERED_NODE_ITERATOR", "ORDERED_NODE_ITERATOR",
  "UNORDERED_NODE_SNAPSHOT", "ORDERED_NODE_SNAPSHOT", "ANY_UNORDERED_NODE", "FIRST_ORDERED_NODE"];
require.cache[fork] = {id: fork, filename: fork, loaded: true, children: [], paths: [], exports: {
  XPathResultType: Object.fromEntries(kinds.map((name, at) => [`${name}_TYPE`, at])),
  install() {},
}};
const {JSDOM} = own("jsdom");
let prototype = new JSDOM("").window.document;
while (!Object.hasOwn(prototype, "evaluate")) prototype = Object.getPrototypeOf(prototype);
const evaluate = prototype.evaluate;
prototype.evaluate = function (path, ...rest) {
  return evaluate.call(this, path.replace(/(?<![\w-])x:/g, ""), ...rest);
};

const say = console.log;
console.log = () => {}; // translators report what they do
const {referenceImport} = own(require.resolve("zotero-translators"));

async function page(address) {
  const text = await (await fetch(address, {headers: {"Accept-Language": "en"}})).text();
  const translation = new Zotero.Translate.Web();
  translation.setDocument(new JSDOM(text, {url: address}).window.document);
  const found = await translation.getTranslators(true);
  const said = {translators: found.map((one) => one.label), items: []};
  if (!found.length) return said;
  translation.setTranslator(found[0]);
  translation.setHandler("select", (_, items, choose) => choose(items)); // all of them
  said.items = await translation.translate({libraryID: false, saveAttachments: false});
  return said;
}

async function main([kind, address]) {
  if (kind === "page") return page(address);
  return {translators: [], items: await referenceImport(await (await fetch(address)).text())};
}

main(process.argv.slice(2)).then((said) => { say(JSON.stringify(said)); process.exit(0); },
  (error) => { console.error(error); process.exit(1); });
