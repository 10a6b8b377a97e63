// Draws the Mermaid blocks of a page, with the copy of Mermaid that the site serves. Where there is
// none, or where the drawing fails, the text stays.
(() => {
  const blocks = [...document.querySelectorAll("pre.diagram")];
  if (!blocks.length || location.protocol === "file:") return;
  const address = new URL("../../vendor/mermaid/mermaid.min.js", document.currentScript.src);
  const texts = blocks.map((each) => each.querySelector("code").textContent);
  const isDark = () => document.body.dataset.mdColorScheme === "slate";

  function loaded() {
    return new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", () => done(window.mermaid));
      script.addEventListener("error", fail);
      document.head.append(script);
    });
  }

  async function draw(mermaid) {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      theme: isDark() ? "dark" : "neutral",
      themeVariables: isDark() ? { edgeLabelBackground: "#333333" } : {},
      fontFamily: getComputedStyle(document.body).fontFamily,
    });
    for (const [index, block] of blocks.entries()) {
      const { svg } = await mermaid.render(`diagram-${index}`, texts[index]);
      show(block, svg);
    }
  }

  // The text stays a click away: it is what a screen reader can read, and what can be copied.
  function show(block, svg) {
    if (!block.drawing) {
      block.drawing = document.createElement("div");
      block.drawing.className = "run-diagram";
      const more = document.createElement("details");
      const label = document.createElement("summary");
      label.textContent = window.cmcoreBlocks.words.diagram;
      block.before(block.drawing, more);
      more.append(label, block);
    }
    block.drawing.innerHTML = svg;
    block.drawing.firstElementChild.setAttribute("role", "img");
    block.drawing.firstElementChild.setAttribute("aria-label", window.cmcoreBlocks.words.drawing);
  }

  async function start() {
    const mermaid = await loaded();
    await draw(mermaid);
    new MutationObserver(() => draw(mermaid)).observe(document.body, {
      attributeFilter: ["data-md-color-scheme"],
    });
  }

  start().catch(() => {});
})();
