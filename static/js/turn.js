// Arrow keys turn the pages of an exhibit.
const turns = { ArrowLeft: "prev", ArrowRight: "next" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !turns[event.key]) return;
  if (event.target.closest("input, textarea, select, dialog")) return;
  document.querySelector(`main a[rel=${turns[event.key]}]`)?.click();
});
