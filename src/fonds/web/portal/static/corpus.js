// The corpus page: choosing a format means one's own choice; a download that shows how far it is.
"use strict";

const order = document.getElementById("order");
order?.addEventListener("input", (event) => {
  const check = (id) => { const radio = document.getElementById(id); if (radio) radio.checked = true; };
  if (event.target.name === "file") check("use-own");
  if (event.target.name === "column" || event.target.name === "table") check("use-table");
  if (event.target.name === "use") {
    document.getElementById("own").open = event.target.value === "own";
    const columns = document.getElementById("columns");
    if (columns) columns.open = event.target.value === "table";
  }
  if (["size", "sort", "seed"].includes(event.target.name) && document.getElementById("take-all")?.checked) {
    check(event.target.name === "seed" ? "take-random" : "take-first");
  }
});

// Where the browser lets a page write a file the reader chose, the download is followed here: every byte
// is counted as it is written, and after an interruption only the rest is asked for, of the same snapshot.
const transfer = document.getElementById("transfer");
if (transfer && window.showSaveFilePicker) {
  const button = document.getElementById("save");
  const bar = document.getElementById("progress");
  const words = document.getElementById("transfer-said");
  const grouped = (count) => Number(count).toLocaleString(document.documentElement.lang);
  const say = (text, at, size) => {
    const share = (size ? at / size : 1).toLocaleString(document.documentElement.lang, { style: "percent" });
    words.textContent = text.replace("{share}", share).replace("{at}", grouped(at)).replace("{size}", grouped(size));
  };
  let job = null; // { file, address, tag, at, size, stop }

  const offered = () => { transfer.hidden = !document.getElementById("download")?.dataset.size; };
  new MutationObserver(offered).observe(document.getElementById("taking"), { childList: true });
  offered();

  const run = async () => {
    job.stop = new AbortController();
    button.textContent = transfer.dataset.stop;
    const headers = job.at ? { Range: `bytes=${job.at}-`, "If-Range": job.tag } : {};
    const answer = await fetch(job.address, { headers, signal: job.stop.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    if (answer.status !== 206) job.at = 0; // another file by now: from its beginning
    const { at: begin } = job;
    job.size = begin + Number(answer.headers.get("Content-Length"));
    job.tag = answer.headers.get("ETag");
    const out = await job.file.createWritable({ keepExistingData: begin > 0 });
    try {
      if (begin) await out.seek(begin);
      const reader = answer.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        await out.write(part.value);
        job.at += part.value.length;
        bar.value = job.at / job.size;
        say(transfer.dataset.at, job.at, job.size);
      }
    } finally {
      await out.close(); // what has come is kept
    }
    if (job.at !== job.size) throw new Error("short");
    say(transfer.dataset.done, job.at, job.size);
    button.textContent = transfer.dataset.save;
    job = null;
  };

  button.addEventListener("click", async () => {
    if (job?.running) { job.stop.abort(); return; }
    if (!job) {
      const link = document.getElementById("download");
      let file;
      try { file = await window.showSaveFilePicker({ suggestedName: link.dataset.name }); } catch { return; }
      job = { file, address: link.href, at: 0, size: Number(link.dataset.size), tag: "" };
      document.getElementById("transferred").hidden = false;
    }
    job.running = true;
    try {
      await run();
    } catch {
      job.running = false;
      say(transfer.dataset.broken, job.at, job.size);
      button.textContent = transfer.dataset.more;
    }
  });
}
