// One polite live region says what happened; unless quiet, it also shows as a short note in the corner.
let timer;

export function announce(words, quiet = false) {
  const place = document.querySelector("[data-announce]");
  if (!place) return;
  const line = document.createElement("p");
  line.textContent = words;
  if (quiet) line.className = "visually-hidden";
  place.replaceChildren(line);
  clearTimeout(timer);
  timer = setTimeout(() => place.replaceChildren(), 6000);
}

// True the first time for each element and purpose, so that a second start does nothing.
const seen = new WeakMap();

export function first(element, purpose) {
  const purposes = seen.get(element) ?? new Set();
  seen.set(element, purposes);
  if (purposes.has(purpose)) return false;
  purposes.add(purpose);
  return true;
}

export function each(root, selector, purpose, act) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  for (const element of found) if (first(element, purpose)) act(element);
}
