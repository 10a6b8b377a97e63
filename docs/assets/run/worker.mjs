// Python for one page, in a thread of its own. It is fetched at the first request, from this site.
const here = import.meta.url;
const vendor = new URL("../../vendor/", here);

let started = null;

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response;
}

async function manifest() {
  try {
    return await (await fetched(new URL("manifest.json", vendor))).json();
  } catch {
    return null; // the site was built without Python
  }
}

async function start(say) {
  const told = await manifest();
  if (!told) return null;
  say("fetching");
  const home = new URL("pyodide/", vendor).href;
  const archives = Promise.all(
    told.archives.map(async ({ name, into }) => {
      const response = await fetched(new URL(name, vendor));
      return { into, bytes: await response.arrayBuffer() };
    }),
  );
  const { loadPyodide } = await import(`${home}pyodide.mjs`);
  const python = await loadPyodide({ indexURL: home, packageBaseUrl: home });
  const site = python.runPython("import site; site.getsitepackages()[0]");
  for (const { into, bytes } of await archives) {
    python.unpackArchive(bytes, "zip", { extractDir: into ?? site });
  }
  const runner = await (await fetched(new URL("runner.py", here))).text();
  python.FS.writeFile(`${site}/runner.py`, runner);
  say("starting");
  python.runPython(`
import importlib
importlib.invalidate_caches()
from pathlib import Path
import cmcore, runner
page = runner.Page(Path("/tmp/pages"), Path("/examples"))
`);
  const [run, page] = [python.globals.get("runner").answer, python.globals.get("page")];
  return (steps) => JSON.parse(run(page, JSON.stringify(steps)));
}

self.onmessage = async ({ data: { id, steps } }) => {
  const say = (stage) => self.postMessage({ id, stage });
  try {
    started ??= start(say);
    const run = await started;
    if (!run) {
      started = null;
      self.postMessage({ id, absent: true });
      return;
    }
    say("running");
    self.postMessage({ id, shown: run(steps) });
  } catch (error) {
    self.postMessage({ id, failed: String(error.message ?? error) });
  }
};
