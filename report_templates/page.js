// Tables that can be sorted and searched. The page says the same without it.
"use strict";
(() => {
  const make = (name, parts = {}, ...children) => {
    const node = Object.assign(document.createElement(name), parts);
    node.append(...children);
    return node;
  };
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell ? cell.dataset.sort ?? cell.textContent.trim() : "";
  };
  const { compare: collate } = new Intl.Collator("en", { numeric: true });
  const compare = (a, b) => {
    if (a === b) return 0;
    const blank = (text) => text === "" || text === "–";
    if (blank(a) || blank(b)) return blank(a) ? 2 : -2; // what is not known stays last, either way
    const [x, y] = [Number(a), Number(b)];
    const order = Number.isNaN(x) || Number.isNaN(y) ? collate(a, b) : x - y;
    return Math.sign(order);
  };

  for (const table of document.querySelectorAll("table")) {
    const body = table.tBodies[0];
    const rows = [...body.rows].filter((row) => row.cells.length > 1);
    const isFilled = rows.some((row) => [...row.cells].slice(1).some((cell) => cell.textContent.trim()));
    if (rows.length < 2 || !isFilled || table.classList.contains("form")) continue; // a form has an order of its own

    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = make("button", { type: "button" });
      const link = head.querySelector("a");
      if (link) button.title = link.title;
      button.append(...(link ? link.childNodes : head.childNodes));
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        if (was === "descending") return body.append(...rows); // the third time: as the report has it
        const down = was === "ascending";
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keyed = rows.map((row) => [key(row, column), row]);
        keyed.sort(([a], [b]) => {
          const order = compare(a, b);
          return Math.abs(order) === 2 ? order : down ? -order : order;
        });
        body.append(...keyed.map(([, row]) => row));
      });
    });

    if (!("search" in table.dataset) && !("filter" in table.dataset)) continue;
    const controls = make("div", { className: "controls" });
    const words = make("input", { type: "search", autocomplete: "off", placeholder: "key or words" });
    const choice = make("select");
    const count = make("output");
    count.setAttribute("aria-live", "polite");
    const column = Number(table.dataset.filter);
    const value = (row) => row.cells[column]?.textContent.trim() ?? "";
    const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    if ("search" in table.dataset) controls.append(make("label", {}, "Search", words));
    if ("filter" in table.dataset) {
      const known = [...new Set(rows.map(value))].sort(collate);
      choice.append(new Option("All", ""), ...known.map((text) => new Option(text || "–", text || " ")));
      controls.append(make("label", {}, table.tHead.rows[0].cells[column].textContent.trim(), choice));
    }
    controls.append(count);
    const show = () => {
      const wanted = words.value.trim().toLowerCase().split(/\s+/);
      let shown = 0;
      for (const row of rows) {
        const fits = wanted.every((word) => texts.get(row).includes(word));
        row.hidden = !fits || (choice.value !== "" && value(row) !== choice.value.trim());
        shown += row.hidden ? 0 : 1;
      }
      count.textContent = `${shown} of ${rows.length} shown`;
    };
    words.addEventListener("input", show);
    choice.addEventListener("input", show);
    table.closest(".scroll").before(controls);
    show();
  }
})();
