// Asks Python for answers. It lives in a worker, which starts at the first question.
window.cmcorePython = (() => {
  const address = new URL("worker.mjs", document.currentScript.src);
  let worker = null;
  let asked = 0;
  let waiting = null;

  function heard({ data }) {
    if (!waiting || data.id !== waiting.id) return;
    if (data.stage) return waiting.say(data.stage);
    const { done } = waiting;
    waiting = null;
    done(data);
  }

  // Resolves to {shown}, {failed}, {absent} or {stopped}.
  function ask(steps, say) {
    stop();
    if (!worker) {
      worker = new Worker(address, { type: "module" });
      worker.onmessage = heard;
      worker.onerror = (event) => waiting && heard({ data: { id: waiting.id, failed: event.message } });
    }
    asked += 1;
    return new Promise((done) => {
      waiting = { id: asked, say, done };
      worker.postMessage({ id: asked, steps });
    });
  }

  // Python has no other way to be interrupted: the worker goes, and the next question makes another.
  function stop() {
    if (!waiting) return;
    const { done } = waiting;
    waiting = null;
    worker.terminate();
    worker = null;
    done({ stopped: true });
  }

  return { ask, stop };
})();
