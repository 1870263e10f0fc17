// Keys of the whole page: / ? w j k Enter x Esc, and g then a letter for the matter's rail.
// They can be turned off in the "?" dialog (WCAG 2.1.4), and never act while somebody is typing.
import { announce } from "./announce.js";

const OFF = "assize-keys-off";
let chord = 0;

const typing = (target) => target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("table.data tbody tr:not(.group-head)")].filter((row) => row.checkVisibility() && !row.closest("details"));
const rowOf = (element) => element.closest?.("table.data tbody tr");

function focusRow(row) {
  const link = row.querySelector("th a, td a") ?? row;
  if (link === row) row.tabIndex = -1;
  link.focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(rowOf(document.activeElement));
  focusRow(all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)]);
}

function why() {
  const near = document.activeElement.closest("tr, li, dl > div, .card, section");
  const found = near?.querySelector("details.why") ?? document.querySelector("main details.why");
  if (!found) return announce("Nothing on this page has a working to show.");
  found.open = !found.open;
  found.querySelector("summary").focus();
}

const acts = {
  "/": () => {
    const box = document.querySelector("[data-search]");
    box?.focus();
    box?.select();
  },
  "?": () => document.getElementById("keys")?.showModal(),
  w: why,
  j: () => step(1),
  k: () => step(-1),
  x: () => rowOf(document.activeElement)?.querySelector(".pick input")?.click(),
  g: () => {
    document.body.classList.add("chords-on");
    clearTimeout(chord);
    chord = setTimeout(endChord, 2000);
  },
};

function endChord() {
  clearTimeout(chord);
  chord = 0;
  document.body.classList.remove("chords-on");
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return escape(event);
  if (localStorage.getItem(OFF) || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (chord) {
    const link = document.querySelector(`[data-chord="${CSS.escape(event.key)}"]`);
    endChord();
    if (link) {
      event.preventDefault();
      link.click();
      return;
    }
  }
  if (event.key === "Enter" && event.target.matches("tr")) return event.target.querySelector("a")?.click();
  const act = Object.hasOwn(acts, event.key) && acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function escape(event) {
  const menu = event.target.closest("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (typing(event.target) && event.target.matches("[data-search]")) event.target.blur();
}

export function keys() {
  document.addEventListener("keydown", pressed);
  for (const button of document.querySelectorAll("[data-keys-open]")) button.addEventListener("click", acts["?"]);
  for (const link of document.querySelectorAll(".rail [data-chord]")) addRow(link);
  const on = document.querySelector("[data-keys-on]");
  if (!on) return;
  on.checked = !localStorage.getItem(OFF);
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}

function addRow(link) {
  const list = document.querySelector("#keys .keys");
  if (!list) return;
  const row = document.createElement("div");
  row.innerHTML = "<dt><kbd>g</kbd> <kbd></kbd></dt><dd></dd>";
  row.querySelector("kbd + kbd").textContent = link.dataset.chord;
  row.querySelector("dd").textContent = link.firstChild.textContent.trim();
  list.append(row);
}
