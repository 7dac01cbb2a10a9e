// The filters of a report. Without this script the page shows every case.
(() => {
  "use strict";

  const found = (selector) => [...document.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const words = (text) => new Set(text.split(" ").filter(Boolean));

  const cases = found(".case").map((element) => ({
    element,
    kinds: words(element.dataset.kinds),
    tags: words(element.dataset.tags),
    text: "", // filled on the first search
  }));
  const chips = found(".chip").map((element) => ({
    element,
    count: element.querySelector(".chip-count"),
    facet: element.dataset.facet,
    value: element.dataset.value,
  }));
  const chosen = { search: "", state: "all", flag: new Set(), tag: new Set() };

  const tests = {
    search: (one, text) => text === "" || textOf(one).includes(text),
    state: (one, state) => state === "all" || one.kinds.has(state),
    flag: (one, flags) => [...flags].every((flag) => one.kinds.has(flag)),
    tag: (one, tags) => tags.size === 0 || [...tags].some((tag) => one.tags.has(tag)),
  };

  function textOf(one) {
    one.text ||= one.element.textContent.toLowerCase();
    return one.text;
  }

  // Cases that match all that is chosen, but for one facet if so asked.
  function matching(except) {
    const facets = Object.keys(tests).filter((facet) => facet !== except);
    return cases.filter((one) => facets.every((facet) => tests[facet](one, chosen[facet])));
  }

  function isChosen({ facet, value }) {
    return facet === "state" ? chosen.state === value : chosen[facet].has(value);
  }

  // A chip's number is how many cases it would leave, given the other facets.
  function showChips() {
    const left = { state: matching("state"), flag: matching(), tag: matching("tag") };
    for (const chip of chips) {
      const value = chip.facet === "state" ? chip.value : new Set([chip.value]);
      const count = left[chip.facet].filter((one) => tests[chip.facet](one, value)).length;
      chip.count.textContent = count;
      chip.element.setAttribute("aria-pressed", isChosen(chip));
      chip.element.classList.toggle("empty", count === 0);
    }
  }

  function show() {
    const shown = new Set(matching());
    for (const one of cases) one.element.hidden = !shown.has(one);
    byId("shown").textContent = `${shown.size} of ${cases.length} cases`;
    byId("nothing").hidden = shown.size > 0;
    showChips();
  }

  function choose({ facet, value }) {
    if (facet === "state") {
      chosen.state = value;
    } else if (!chosen[facet].delete(value)) {
      chosen[facet].add(value);
    }
    show();
  }

  function openAll(open) {
    for (const one of cases) if (!one.element.hidden) one.element.open = open;
  }

  for (const chip of chips) chip.element.addEventListener("click", () => choose(chip));
  byId("search").addEventListener("input", (event) => {
    chosen.search = event.target.value.trim().toLowerCase();
    show();
  });
  byId("open-all").addEventListener("click", () => openAll(true));
  byId("close-all").addEventListener("click", () => openAll(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input")) {
      event.preventDefault();
      byId("search").focus();
    }
  });

  byId("filters").hidden = false;
  byId("shown").hidden = false;
  if (cases.some((one) => one.kinds.has("wrong"))) chosen.state = "wrong";
  show();
})();
