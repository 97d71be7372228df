// Keeps this page for use without a network.
//
// The build (.ci/stamp) writes the version and every file's hash into the next two lines. All files of a version are
// fetched together into a cache of their own, each held against its hash, and a page is served from one cache only: it
// never gets a mix of two versions. A newer version takes over when no tab shows the older one any more, or when somebody
// asks for it in the only tab there is (src/view/page/out/keep.rs). Without a version, as under `make serve`, nothing is kept.
const VERSION = "";
const FILES = {};

const scope = self.registration.scope;
// Other pages of the same host have caches too.
const ours = `ecg-lens ${scope} `;
const cacheName = ours + VERSION;
// A host may send index.html elsewhere, but never the folder itself.
const address = path => new URL(path === "index.html" ? "./" : path, scope).href;
// Only a machine with WebGPU has a use for that engine; any other would spend megabytes. `navigator.gpu` may be there
// with nothing behind it, or with software.
const hasGpu = async () => {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  return Boolean(adapter) && !adapter.info?.isFallbackAdapter;
};

// The file, from the browser's own cache where that has the right one: what the page has just fetched is not fetched twice.
async function fetched(path) {
  for (const cache of ["default", "reload"]) {
    try {
      const response = await fetch(address(path), { integrity: FILES[path], cache });
      // A response that came by way of another address may not answer a navigation.
      if (response.ok) return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
    } catch { /* Not that version's, or not there: the next try goes to the host, and then nothing is left. */ }
  }
  throw new Error(`${path} could not be fetched, or belongs to another version of the page`);
}

async function install() {
  const cache = await caches.open(cacheName);
  // One after the other: the page may be fetching something that somebody waits for.
  const gpu = await hasGpu();
  for (const path of Object.keys(FILES)) {
    if (path.startsWith("engine-gpu") && !gpu) continue;
    if (!await cache.match(address(path))) await cache.put(address(path), await fetched(path));
  }
}

async function dropOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter(name => name.startsWith(ours) && name !== cacheName).map(name => caches.delete(name)));
}

async function answer(event, path) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(address(path));
  if (kept) return kept;
  const response = await fetched(path);
  event.waitUntil(cache.put(address(path), response.clone()));
  return response;
}

async function takeOver(asking) {
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (tabs.filter(tab => tab.url.startsWith(scope)).length > 1) asking?.postMessage("others");
  else await self.skipWaiting();
}

self.addEventListener("install", event => event.waitUntil(install()));
self.addEventListener("activate", event => event.waitUntil(dropOlder()));
self.addEventListener("message", event => {
  if (event.data === "take over") event.waitUntil(takeOver(event.source));
});
self.addEventListener("fetch", event => {
  const { method, url } = event.request;
  if (!VERSION || method !== "GET" || !url.startsWith(scope)) return;
  const path = new URL(url).pathname.slice(new URL(scope).pathname.length) || "index.html";
  if (Object.hasOwn(FILES, path)) event.respondWith(answer(event, path));
});
