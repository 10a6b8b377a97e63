// The Run buttons: the blocks of a page up to the one that is run go to Python, its answer below it.
(() => {
  const { all, button, words } = window.cmcoreBlocks;
  const python = window.cmcorePython;
  const blocks = all();

  // HTML from an example shows in a frame where no script runs and nothing is fetched.
  function frame(html) {
    const made = document.createElement("iframe");
    made.setAttribute("sandbox", "allow-same-origin");
    made.title = words.output;
    const style = getComputedStyle(document.querySelector(".md-content"));
    const scheme = document.body.dataset.mdColorScheme === "slate" ? "dark" : "light";
    made.srcdoc =
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ` +
      `style-src 'unsafe-inline'; img-src data:"><style>:root{color-scheme:${scheme}}` +
      `body{margin:0;background:transparent;color:${style.color};font:0.85rem/1.5 sans-serif}` +
      `td,th{padding:0 1em 0 0}</style>${html}`;
    made.addEventListener("load", () => {
      made.style.height = `${made.contentDocument.documentElement.scrollHeight + 4}px`;
    });
    return made;
  }

  function text(content, kind) {
    const made = document.createElement("pre");
    made.className = `run-${kind}`;
    made.textContent = content.replace(/\n$/, "");
    return made;
  }

  // The first word of a decision tells how it may be coloured.
  function tone(content) {
    const first = content.match(/^(covered|exception|forbidden|couvert|interdit)\b/)?.[1];
    return { couvert: "covered", interdit: "forbidden" }[first] ?? first ?? "plain";
  }

  function show(panel, shown) {
    const told = shown.filter((each) => each.text || each.html);
    const parts = told.flatMap((each) => {
      const made = [];
      if (told.length > 1 && each.source) made.push(text(each.source, "source"));
      const answer = text(each.text, each.failed ? "error" : "text");
      answer.dataset.tone = tone(each.text);
      if (each.lacking) made.push(text(words.lacking, "note"));
      made.push(...(each.text ? [answer] : []), ...(each.html ? [frame(each.html)] : []));
      return made;
    });
    panel.replaceChildren(...(parts.length ? parts : [text(words.nothing, "note")]));
  }

  // A docstring is a namespace of its own: its names are not those of the page around it.
  const sharing = (some, block) => some.filter((each) => each.home === block.home);

  const steps = (index) =>
    sharing(blocks.slice(0, index + 1), blocks[index])
      .filter((each) => !each.lacks)
      .map((each) => each.step);

  async function run(block, index) {
    if (block.busy) return python.stop();
    const say = (content, kind = "note") => block.panel.replaceChildren(text(content, kind));
    block.panel.hidden = false;
    if (location.protocol === "file:") return say(words.local);
    block.busy = true;
    block.start.textContent = words.stop;
    block.panel.setAttribute("aria-busy", "true");
    const told = await python.ask(steps(index), (stage) => say(words[stage]));
    block.busy = false;
    block.start.textContent = words.run;
    block.panel.removeAttribute("aria-busy");
    if (told.shown) show(block.panel, told.shown);
    else if (told.absent) say(words.absent);
    else if (told.stopped) say(words.stopped);
    else say(words.failed + told.failed, "error");
  }

  function withRun(block, index) {
    block.start = button(words.run, () => run(block, index));
    block.start.classList.add("run-start");
    block.start.setAttribute("aria-description", block.label);
    block.bar.prepend(block.start);
    block.panel = document.createElement("div");
    block.panel.className = "run-output";
    block.panel.setAttribute("role", "region");
    block.panel.setAttribute("aria-live", "polite");
    block.panel.setAttribute("aria-label", `${words.output} (${block.label})`);
    block.panel.hidden = true;
    block.element.after(block.panel);
  }

  // On the landing page the texts are open from the start, and the answer is where the next will be.
  function makeLive(block) {
    if (block.kind === "file") return block.open({ focus: false });
    block.keepQuestions();
    block.panel.hidden = false;
    show(block.panel, [{ text: block.answer }]);
  }

  blocks.forEach((block, index) => {
    if (block.kind !== "file" && !block.lacks) withRun(block, index);
    if (block.live) makeLive(block);
  });
  // To change a file that nothing below it can read would change nothing.
  blocks.forEach((block, index) => {
    const isRead = sharing(blocks.slice(index), block).some((each) => each.start);
    if (block.kind === "file" && !isRead) block.bar.remove();
  });
  window.cmcoreExamples = { blocks, ask: (index) => python.ask(steps(index), () => {}) };

  // Ctrl+Enter in a text runs the example it belongs to: itself, or the next one after a file.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const from = blocks.findIndex((each) => each.area === event.target);
    if (from < 0) return;
    const next = sharing(blocks.slice(from), blocks[from]).find((each) => each.start);
    if (next) run(next, blocks.indexOf(next));
  });
})();
