// The copy button takes what is typed: the text of a file as it was edited, the lines of a session
// without `>>>`, the commands without `$`, and none of the answers.
(() => {
  const { asked } = window.cmcoreBlocks;
  const areaOf = (block) => block.querySelector(".run-code");

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("[data-clipboard-target]");
      const block = button?.closest(".highlight");
      if (!block) return;
      const text = areaOf(block)?.value ?? block.querySelector("pre > code").textContent;
      button.setAttribute("data-clipboard-text", asked(text));
    },
    true,
  );
})();
