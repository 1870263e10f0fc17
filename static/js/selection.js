// Selected rows of a table: all at once, a run with Shift, and how many, said in words.
import { announce, each } from "./announce.js";

export function selection(root) {
  each(root, "form:has(.pick)", "selection", (form) => {
    const all = form.querySelector("[data-select-all]");
    const boxes = () => [...form.querySelectorAll("td.pick input")];
    const count = form.querySelector("[data-selected-count]");
    let last;

    function tell(aloud) {
      const chosen = boxes().filter((box) => box.checked).length;
      const words = chosen === 1 ? "1 row selected" : `${chosen} rows selected`;
      if (count) count.textContent = words;
      if (all) {
        all.checked = chosen > 0 && chosen === boxes().length;
        all.indeterminate = chosen > 0 && !all.checked;
      }
      if (aloud) announce(words, true);
    }

    form.addEventListener("click", (event) => {
      const box = event.target.closest?.("td.pick input");
      if (!box) return;
      const list = boxes();
      if (event.shiftKey && last) {
        const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
        for (const between of list.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
    });
    form.addEventListener("change", (event) => {
      if (event.target === all) for (const box of boxes()) box.checked = all.checked;
      if (event.target.closest(".pick")) tell(true);
    });
    tell(false);
  });
}
