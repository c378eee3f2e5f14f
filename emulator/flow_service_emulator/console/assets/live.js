// Keeps the page's live part as the emulator has it: asks every two seconds, changes nothing where nothing has changed.
// Also: the key / goes to the search, and buttons copy ids.
"use strict";

(() => {
  const EVERY = 2000;
  const part = document.getElementById("part");
  const said = document.getElementById("said");
  const clock = document.getElementById("clock");
  const button = document.getElementById("live");
  let etag = part.dataset.etag;
  let silent = false;
  let timer;

  const isOn = () => button.getAttribute("aria-pressed") === "true";

  const summary = () => part.querySelector("[data-say]")?.textContent.trim().replace(/\s+/g, " ") ?? "";

  // Whoever has marked a text would lose it.
  const isBeingRead = () => {
    const selection = getSelection();
    return !selection.isCollapsed && part.contains(selection.anchorNode);
  };

  const show = (html) => {
    const known = new Set([...part.querySelectorAll("tr[id]")].map((row) => row.id));
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    const before = summary();
    const scrolled = new Map([...part.querySelectorAll("pre")].map((pre, at) => [at, pre.scrollLeft]));
    part.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    part.querySelectorAll("tr[id]").forEach((row) => row.classList.toggle("fresh", !known.has(row.id)));
    part.querySelectorAll("pre").forEach((pre, at) => { pre.scrollLeft = scrolled.get(at) ?? 0; });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (summary() !== before) said.textContent = summary();
  };

  const tick = (answer) => {
    const date = new Date(answer.headers.get("Date"));
    if (!Number.isNaN(date.getTime())) clock.textContent = date.toISOString().slice(0, 19).replace("T", " ");
  };

  const ask = async () => {
    const headers = { "X-Console-Part": "live", "If-None-Match": etag };
    const answer = await fetch(location.href, { headers, cache: "no-store" });
    if (!answer.headers.has("ETag")) throw new Error(`no part of a page: ${answer.status}`);
    tick(answer);
    if (silent) {
      said.textContent = "The emulator answers again.";
      document.body.classList.remove("silent");
      silent = false;
    }
    if (answer.status === 304 || isBeingRead()) return;
    const html = await answer.text();
    if (!isOn()) return;
    etag = answer.headers.get("ETag");
    show(html);
  };

  const round = async () => {
    try {
      if (!document.hidden) await ask();
    } catch {
      if (!silent) said.textContent = "The emulator does not answer. To start it: make emulator";
      document.body.classList.add("silent");
      silent = true;
    }
    clearTimeout(timer);
    if (isOn()) timer = setTimeout(round, EVERY);
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    const on = !isOn();
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Live" : "Paused";
    clearTimeout(timer);
    if (on) round();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !isOn()) return;
    clearTimeout(timer);
    round();
  });
  timer = setTimeout(round, EVERY);

  const search = document.querySelector("[type=search]");
  if (search) search.placeholder = "Press /";
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, select, textarea");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping || !search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // The clipboard is there on this machine's own address and over HTTPS only.
  if (navigator.clipboard) document.body.classList.add("copies");
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    try {
      await navigator.clipboard.writeText(copy.dataset.copy);
      said.textContent = `Copied: ${copy.dataset.copy}`;
      copy.classList.add("done");
      setTimeout(() => copy.classList.remove("done"), EVERY);
    } catch {
      said.textContent = "The browser does not allow to copy.";
    }
  });
})();
