// What the charter says, as one writes. Without this, the button asks.
const form = document.querySelector("form[data-live]"), said = document.querySelector("#said");
let waiting, last = 0;
form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const turn = ++last;
    const sent = { method: "POST", headers: { "X-Part": "decision" }, body: new URLSearchParams(new FormData(form)) };
    const text = await fetch("/check", sent).then((answer) => answer.ok ? answer.text() : "", () => "");
    if (turn === last) said.innerHTML = text; // nothing, rather than what was said of another text
  }, 300);
});
