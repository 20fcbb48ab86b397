// A PDF in the page: opens at the passage searched, marks the words, text can be selected.
// Without this script the page holds links to the file and the passages found.
import * as pdfjs from "./vendor/pdfjs/pdf.min.mjs";

const here = (path) => new URL(`vendor/pdfjs/${path}`, import.meta.url).href;
globalThis.pdfjsLib = pdfjs; // before its viewer, which looks for it there
pdfjs.GlobalWorkerOptions.workerSrc = here("pdf.worker.min.mjs");
const { EventBus, PDFFindController, PDFLinkService, PDFViewer } = await import("./vendor/pdfjs/pdf_viewer.mjs");

const root = document.getElementById("viewer");
const container = document.getElementById("scroll");
const number = document.getElementById("page-number");
const findText = document.getElementById("find-text");
const findCount = document.getElementById("find-count");
const state = document.getElementById("state");
const words = JSON.parse(root.dataset.words);
const wanted = () => Number(/page=(\d+)/.exec(location.hash)?.[1] ?? root.dataset.page);
root.hidden = false;
state.textContent = root.dataset.loading;

const bus = new EventBus();
const links = new PDFLinkService({ eventBus: bus, externalLinkTarget: 2 });
// The match is brought into view inside the pages, never by moving the whole page under the reader.
class Finder extends PDFFindController {
  scrollMatchIntoView(match) {
    if (!match.element) return;
    super.scrollMatchIntoView({ ...match, element: { scrollIntoView: () => bring(match.element) } });
  }
}
function bring(element) {
  const place = element.getBoundingClientRect();
  const frame = container.getBoundingClientRect();
  const left = place.left < frame.left || place.right > frame.right ? place.left - frame.left - frame.width / 3 : 0;
  container.scrollBy({ top: place.top - frame.top - frame.height / 3, left });
}
const finder = new Finder({ linkService: links, eventBus: bus });
const viewer = new PDFViewer({
  container, eventBus: bus, linkService: links, findController: finder,
  annotationMode: pdfjs.AnnotationMode.DISABLE, removePageBorders: true,
});
links.setViewer(viewer);

function find(again, back = false) {
  const typed = findText.value.trim();
  const query = typed || words;
  if (!query.length) return;
  bus.dispatch("find", {
    source: root, type: again ? "again" : "", query, caseSensitive: false, entireWord: !typed,
    highlightAll: true, matchDiacritics: false, findPrevious: back,
  });
}

const actions = {
  previous: () => { viewer.currentPageNumber = Math.max(1, viewer.currentPageNumber - 1); },
  next: () => { viewer.currentPageNumber = Math.min(viewer.pagesCount, viewer.currentPageNumber + 1); },
  smaller: () => viewer.decreaseScale(),
  larger: () => viewer.increaseScale(),
  width: () => { viewer.currentScaleValue = "page-width"; },
  "match-previous": () => find(true, true),
};
root.addEventListener("click", (event) => actions[event.target.closest("[data-do]")?.dataset.do]?.());
let sought = "";
document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  const again = findText.value.trim() === sought;
  sought = findText.value.trim();
  find(again);
});
number.addEventListener("change", () => {
  const page = Number(number.value);
  if (Number.isInteger(page) && page >= 1 && page <= viewer.pagesCount) viewer.currentPageNumber = page;
  else number.value = viewer.currentPageNumber;
});
for (const link of document.querySelectorAll(".found-in a[data-page]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    viewer.currentPageNumber = Number(link.dataset.page);
    container.focus({ preventScroll: true });
  });
}
container.addEventListener("keydown", (event) => {
  const action = { "+": "larger", "=": "larger", "-": "smaller", 0: "width", n: "next", p: "previous" }[event.key];
  if (action && !event.ctrlKey && !event.metaKey && !event.altKey) { actions[action](); event.preventDefault(); }
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "f") { event.preventDefault(); findText.focus(); findText.select(); }
});

bus.on("pagesinit", () => {
  viewer.currentScaleValue = "page-width";
  document.getElementById("page-count").textContent = viewer.pagesCount;
  const page = Math.min(Math.max(1, wanted()), viewer.pagesCount);
  if (page > 1) viewer.currentPageNumber = page;
  find(false);
});
bus.on("pagechanging", ({ pageNumber }) => { number.value = pageNumber; });
const counted = ({ matchesCount }) => {
  const { current = 0, total = 0 } = matchesCount ?? {};
  findCount.textContent = total ? root.dataset.count.replace("{at}", current).replace("{total}", total) : root.dataset.none;
};
bus.on("updatefindmatchescount", counted);
bus.on("updatefindcontrolstate", (event) => { if (event.state !== 3) counted(event); });

try {
  const document_ = await pdfjs.getDocument({
    url: root.dataset.pdf, cMapUrl: here("cmaps/"), cMapPacked: true, iccUrl: here("iccs/"),
    standardFontDataUrl: here("standard_fonts/"), wasmUrl: here("wasm/"), isEvalSupported: false,
    enableXfa: false, disableAutoFetch: true, rangeChunkSize: 262144,
  }).promise;
  viewer.setDocument(document_);
  links.setDocument(document_);
  state.textContent = "";
  root.dataset.ready = "true";
} catch (error) {
  state.textContent = root.dataset.failed;
  console.warn(error);
}
