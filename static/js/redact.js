// A rectangle drawn on a page by mouse, pen or keyboard; its edges are the numbers of the form beside it.
import { announce } from "./announce.js";

const EDGES = ["left", "top", "right", "bottom"];
const STEP = 1, FINE = 0.1, SMALLEST = 0.3;
const FIRST = { left: 30, top: 45, right: 70, bottom: 48 };

const between = (value, low, high) => Math.min(Math.max(value, low), high);
const neat = (value) => Math.round(value * 100) / 100;

function start(stage, form) {
  const svg = stage.querySelector("svg");
  const draft = svg.querySelector(".drawn");
  const inputs = Object.fromEntries(EDGES.map((edge) => [edge, form.elements[edge]]));
  let held = null;

  const read = () => {
    const edges = Object.fromEntries(EDGES.map((edge) => [edge, parseFloat(inputs[edge].value)]));
    return EDGES.every((edge) => Number.isFinite(edges[edge])) ? edges : null;
  };
  const show = () => {
    const edges = read();
    const { width, height } = svg.viewBox.baseVal;
    if (!edges || edges.left >= edges.right || edges.top >= edges.bottom) return draft.setAttribute("display", "none");
    draft.setAttribute("x", (edges.left * width) / 100);
    draft.setAttribute("y", (edges.top * height) / 100);
    draft.setAttribute("width", ((edges.right - edges.left) * width) / 100);
    draft.setAttribute("height", ((edges.bottom - edges.top) * height) / 100);
    draft.removeAttribute("display");
  };
  const write = (edges) => {
    for (const edge of EDGES) inputs[edge].value = edges ? neat(edges[edge]) : "";
    show();
  };
  const tell = () => {
    const edges = read();
    if (edges) announce(`Rectangle from ${neat(edges.left)} to ${neat(edges.right)} percent across and ${neat(edges.top)} to ${neat(edges.bottom)} percent down`, true);
  };
  const point = (event) => {
    const box = svg.getBoundingClientRect();
    return [between(((event.clientX - box.left) / box.width) * 100, 0, 100), between(((event.clientY - box.top) / box.height) * 100, 0, 100)];
  };
  const shifted = (edges, across, down) => {
    const x = between(across, -edges.left, 100 - edges.right);
    const y = between(down, -edges.top, 100 - edges.bottom);
    return { left: edges.left + x, right: edges.right + x, top: edges.top + y, bottom: edges.bottom + y };
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    held = { at: point(event), before: read(), moving: event.target === draft };
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = point(event);
    const [fromX, fromY] = held.at;
    if (held.moving) write(shifted(held.before, x - fromX, y - fromY));
    else write({ left: Math.min(x, fromX), right: Math.max(x, fromX), top: Math.min(y, fromY), bottom: Math.max(y, fromY) });
  });
  const let_go = (cancelled) => {
    if (!held) return;
    const edges = read();
    const tiny = !edges || edges.right - edges.left < SMALLEST || edges.bottom - edges.top < SMALLEST;
    if (cancelled || tiny) write(held.before);
    held = null;
    if (!read()) return;
    draft.focus({ preventScroll: true });
    tell();
  };
  svg.addEventListener("pointerup", () => let_go(false));
  svg.addEventListener("pointercancel", () => let_go(true));

  draft.addEventListener("keydown", (event) => {
    const edges = read();
    if (!edges || event.altKey || event.metaKey) return;
    const step = event.ctrlKey ? FINE : STEP;
    const [across, down] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] ?? [0, 0];
    if (across || down) {
      if (event.shiftKey) {
        edges.right = between(edges.right + across, edges.left + SMALLEST, 100);
        edges.bottom = between(edges.bottom + down, edges.top + SMALLEST, 100);
        write(edges);
      } else write(shifted(edges, across, down));
      tell();
    } else if (event.key === "Enter" || event.key === " ") form.requestSubmit();
    else if (event.key === "Escape") {
      write(null);
      inputs.left.focus();
      announce("The rectangle is gone", true);
    } else return;
    event.preventDefault();
  });

  document.querySelector("[data-place]")?.addEventListener("click", () => {
    if (!read()) write(FIRST);
    draft.focus();
    tell();
  });
  form.addEventListener("input", show);
  show();
}

const stage = document.querySelector("[data-redact]");
const form = document.querySelector("[data-redact-form]");
if (stage && form && stage.querySelector(".drawn")) start(stage, form);
