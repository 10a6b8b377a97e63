// The blocks of a page that take part in its examples: files (blocks with a title), scripts and
// sessions. Each can be edited; `step` is what Python is asked to do with it.
window.cmcoreBlocks = (() => {
  const language = document.documentElement.lang;
  const words = window.cmcoreWords[language] ?? window.cmcoreWords.en;

  // A session as it is printed holds its prompts and its answers: only what was asked is code.
  const isAsked = (line) => /^(>>>|\.\.\.)( |$)/.test(line);

  function codeOf(text) {
    return text.split("\n").filter(isAsked).map((line) => line.slice(4)).join("\n");
  }

  // What is typed of a text: of a session its questions, of a shell its commands, of others all.
  function asked(text) {
    if (text.startsWith(">>>")) return codeOf(text);
    const lines = text.split("\n");
    const commands = lines.filter((line) => line.startsWith("$ "));
    return text.startsWith("$ ") ? commands.map((line) => line.slice(2)).join("\n") : text;
  }

  function answerOf(text) {
    return text.split("\n").filter((line) => !isAsked(line)).join("\n");
  }

  function button(label, act, name) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "run-button";
    made.textContent = label;
    if (name) made.setAttribute("aria-label", `${label} (${name})`);
    made.addEventListener("click", act);
    return made;
  }

  class Block {
    constructor(element, number) {
      const title = element.querySelector(":scope > .filename, :scope .filename");
      this.element = element;
      this.pre = element.querySelector("pre");
      const text = this.pre.querySelector("code").textContent.replace(/\n+$/, "\n");
      const isSession = text.startsWith(">>>");
      this.name = title?.textContent ?? "";
      this.kind = this.name ? "file" : isSession ? "session" : "script";
      this.label = this.name || String(number);
      this.lacks = element.previousElementSibling?.dataset.lacks;
      this.home = element.closest(".doc-contents");
      this.live = Boolean(element.closest(".live"));
      this.answer = isSession ? answerOf(text) : "";
      this.original = this.kind === "session" ? codeOf(text) : text;
      this.bar = document.createElement("div");
      this.bar.className = "run-bar";
      element.append(this.bar);
      this.edit = button(words.edit, () => this.open(), this.label);
      this.bar.append(this.lacks ? document.createElement("em") : this.edit);
      if (this.lacks) this.bar.firstChild.textContent = words.lacks + this.lacks;
    }

    get text() {
      return this.area ? this.area.value : this.original;
    }

    get step() {
      return { kind: this.kind, name: this.name, text: this.text };
    }

    // Shows the code as a text area instead.
    open({ focus = true } = {}) {
      const area = document.createElement("textarea");
      area.className = "run-code";
      area.spellcheck = false;
      area.autocapitalize = "off";
      area.setAttribute("aria-label", `${this.name ? words.file : words.code} (${this.label})`);
      area.addEventListener("input", () => this.fit());
      this.area = area;
      this.pre.hidden = true;
      this.pre.after(area);
      this.undo = button(words.reset, () => this.reset(), this.label);
      this.edit.replaceWith(this.undo);
      this.fill();
      if (focus) area.focus();
    }

    fill() {
      this.area.value = this.original.replace(/\n$/, "");
      this.fit();
    }

    // A text of the landing page is always open: there is nothing to undo until it is changed.
    fit() {
      this.area.rows = this.area.value.split("\n").length;
      this.undo.hidden = this.live && this.area.value === this.original.replace(/\n$/, "");
    }

    reset() {
      if (this.live) {
        this.fill();
        this.area.focus();
        return;
      }
      this.area.remove();
      this.area = null;
      this.pre.hidden = false;
      this.undo.replaceWith(this.edit);
      this.edit.focus();
    }

    // Leaves the questions only: the answer is shown below them, where the next one will be.
    keepQuestions() {
      const code = this.pre.querySelector("code");
      const lines = code.innerHTML.split("\n");
      code.innerHTML = lines.filter((line) => line.includes('class="gp"')).join("\n");
    }
  }

  function all() {
    const found = [...document.querySelectorAll(".md-content .highlight")].filter(
      (each) =>
        each.querySelector("pre > code") &&
        (each.querySelector(".filename") || each.matches(".language-pycon, .language-python")) &&
        !each.closest(".doc-signature") &&
        !each.matches(".doc-signature"),
    );
    return found.map((each, index) => new Block(each, index + 1));
  }

  return { all, asked, button, words };
})();
