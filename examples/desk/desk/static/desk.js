// What the charter says, as one writes. Without this, the button asks.
const form = document.querySelector("form[data-live]"), said = document.querySelector("#said");
let waiting, last = 0;
form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const turn = ++last;
    const answer = await fetch("/check", { method: "POST", headers: { "X-Part": "decision" }, body: new URLSearchParams(new FormData(form)) });
    const text = await answer.text();
    if (answer.ok && turn === last) said.innerHTML = text;
  }, 300);
});
