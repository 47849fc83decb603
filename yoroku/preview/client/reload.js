// Live reload. Exists only in the preview: the server puts it into the pages that it serves, never into the output.
(() => {
  'use strict';
  const me = document.currentScript.dataset;   // page: output behind this page ('' = whatever happens), tag, body, revision, boot, words
  const mine = { boot: me.boot, revision: Number(me.revision), tag: me.tag, body: me.body, ready: '' };
  const KEEP = 'yoroku-preview-keep', SHUT = 'yoroku-preview-shut';
  const store = {   // storage can be switched off
    get(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { value === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, value); } catch { /* then nothing is kept */ } },
  };

  // What a reload must not lose: the place on the page, what is folded out, and where the keyboard is.
  const unfolds = () => {
    const seen = new Map();
    return [...document.querySelectorAll('details')].map((node) => {
      const name = node.id || (node.querySelector('summary')?.textContent ?? '').trim().slice(0, 80);
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      return [`${name}#${nth}`, node];
    });
  };
  const started = new Map();
  const keep = () => {
    const opened = unfolds().filter(([key, node]) => started.get(key) !== node.open).map(([key, node]) => [key, node.open]);
    store.set(KEEP, JSON.stringify({ at: location.pathname + location.search, x: scrollX, y: scrollY, opened, focus: document.activeElement?.id ?? '' }));
  };
  const restore = () => {
    for (const [key, node] of unfolds()) started.set(key, node.open);
    const kept = JSON.parse(store.get(KEEP) ?? 'null');
    store.set(KEEP, null);
    if (kept?.at !== location.pathname + location.search) return;
    const opened = new Map(kept.opened);
    for (const [key, node] of unfolds()) if (opened.has(key)) node.open = opened.get(key);
    const scroll = () => scrollTo({ left: kept.x, top: kept.y, behavior: 'instant' });
    scroll();
    if (document.readyState !== 'complete') addEventListener('load', scroll, { once: true });
    if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
  };

  // One page asks for itself: the answer's tag says whether its bytes, or only its stylesheets' names, are others.
  let asking = false, again = false;
  const check = async () => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      do {
        again = false;
        const answer = await fetch(location.href.split('#')[0], { cache: 'no-store', headers: { 'Yoroku-Check': '1' } });
        const [tag, body] = (answer.headers.get('Yoroku-Tag') ?? '').split(' ');
        if (tag === mine.tag) continue;
        if (!body || body !== mine.body) { keep(); location.reload(); return; }
        mine.tag = tag;
        restyle(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      } while (again);
    } catch { /* the connection is gone; its return asks again */ } finally { asking = false; }
  };

  // Styles change in place. The old sheet goes when the new one is there, so nothing is ever shown without style.
  const sheets = (root) => [...root.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !link.href.includes('/__/'));
  const replaceSheet = (old, href) => {
    const fresh = old.cloneNode();
    fresh.href = href;
    const done = () => old.remove();
    fresh.addEventListener('load', done, { once: true });
    fresh.addEventListener('error', done, { once: true });
    old.after(fresh);
  };
  const swap = (changed, serial) => {
    for (const link of sheets(document)) {
      const url = new URL(link.href);
      if (changed !== null && !changed.some((path) => url.pathname.endsWith('/' + encodeURI(path)))) continue;
      url.searchParams.set('preview', serial);
      replaceSheet(link, url.href);
    }
  };
  const restyle = (next) => {
    const olds = sheets(document);
    sheets(next).forEach((link, at) => {
      if (olds[at]) replaceSheet(olds[at], new URL(link.getAttribute('href'), location.href).href);
      else document.head.append(document.importNode(link));
    });
    olds.slice(sheets(next).length).forEach((link) => link.remove());
  };
  const loads = (path) => performance.getEntriesByType('resource')
    .some((entry) => new URL(entry.name).origin === location.origin && new URL(entry.name).pathname.endsWith('/' + encodeURI(path)));

  // The error page and the small notice.
  let styled = null;
  const style = () => styled ??= new Promise((done) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/__/overlay.css' });
    link.addEventListener('load', done);
    link.addEventListener('error', done);
    document.head.append(link);
  });
  let shown = '';
  const problem = async (html, id) => {
    if (id === shown || location.pathname === '/__/') return;   // the panel lists all problems itself
    shown = id;
    document.querySelector('.yoroku-ov')?.remove();
    if (!id) { store.set(SHUT, null); return; }
    if (store.get(SHUT) === id) return;
    await style();
    if (shown !== id) return;
    const dialog = document.createElement('dialog');
    dialog.className = 'yoroku-ov';
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-labelledby', 'yoroku-ov-title');
    dialog.innerHTML = html;
    dialog.addEventListener('close', () => { store.set(SHUT, id); dialog.remove(); });
    dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('[data-close]').focus({ preventScroll: true });
  };
  let pill = null, lost = false, pending = 0;
  const notice = (text) => {
    clearTimeout(pending);
    pending = 0;
    if (!text) { if (pill) pill.hidden = true; return; }
    // What is over in a moment is not worth a word.
    const mine = pending = setTimeout(async () => {
      await style();
      if (mine !== pending) return;
      pill ??= document.body.appendChild(Object.assign(document.createElement('div'), { className: 'yoroku-pill' }));
      pill.textContent = text;
      pill.hidden = false;
    }, pill && !pill.hidden ? 0 : 400);
  };

  // What the server says. A gap in the revisions, or another server, means: look for yourself.
  let state = null;
  const told = (now) => {
    state = now;
    const early = now.ready.join();
    if (now.boot !== mine.boot) { swap(null, now.serial); check(); }
    else if (now.revision !== mine.revision) {
      const known = now.since === mine.revision && now.changed !== null;
      const touched = (path) => path === me.page || (!/\.(html|css)$/.test(path) && loads(path));
      if (known) swap(now.changed.filter((path) => path.endsWith('.css')), now.serial);
      else if (mine.revision >= 0) swap(null, now.serial);
      if (known && now.changed.some((path) => path !== me.page && touched(path))) { keep(); location.reload(); return; }
      if (!known || !me.page || now.changed.some(touched)) check();
    } else if (early !== mine.ready && (!me.page || now.ready.includes(me.page))) check();
    Object.assign(mine, { boot: now.boot, revision: now.revision, ready: early });
    problem(now.problem, now.problem_id);
    speak();
  };
  const speak = () => notice(lost ? me.lost
    : state?.building ? (state.total ? `${me.building} ${state.done}/${state.total}` : me.building + '…')
      : state?.stale_search ? me.stale : '');
  const heard = (message) => { lost = message.lost === true; if (message.state) told(message.state); else speak(); };

  // A browser allows few connections to one host, so all tabs share one, kept by a worker.
  let port = null, source = null;
  const listen = () => {
    if (globalThis.SharedWorker) {
      port = new SharedWorker('/__/worker.js', { name: 'yoroku-preview' }).port;
      port.onmessage = (event) => heard(event.data);
      return;
    }
    source = new EventSource('/__/events');
    source.onmessage = (event) => heard({ state: JSON.parse(event.data) });
    source.onerror = () => {
      heard({ lost: true });
      if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };
  const leave = () => { port?.postMessage('bye'); port = null; source?.close(); source = null; };

  restore();
  listen();
  addEventListener('pagehide', leave);
  addEventListener('pageshow', (event) => { if (event.persisted) { listen(); check(); } });
  addEventListener('visibilitychange', () => { if (!document.hidden && state) check(); });
})();
