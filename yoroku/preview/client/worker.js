// The one connection that all tabs of a browser share. Preview only.
'use strict';
const ports = new Set();
const SILENCE = 40_000;   // the server says something every 15 seconds
let source = null, last = null, heardAt = Date.now(), lost = false, retry = 0;

const tell = (message) => { for (const port of ports) port.postMessage(message); };
const connect = () => {
  clearTimeout(retry);
  source?.close();
  heardAt = Date.now();
  source = new EventSource('/__/events');
  source.onmessage = (event) => {
    heardAt = Date.now();
    lost = false;
    last = JSON.parse(event.data);
    tell({ state: last });
  };
  source.addEventListener('ping', () => { heardAt = Date.now(); });
  source.onerror = () => {
    if (!lost) { lost = true; tell({ lost }); }
    // Browsers differ in when they give up; here nobody does.
    clearTimeout(retry);
    retry = setTimeout(() => { if (source.readyState !== EventSource.OPEN) connect(); }, 700);
  };
};
// After a sleep a connection may look open and be dead.
setInterval(() => { if (Date.now() - heardAt > SILENCE) connect(); }, 5_000);

onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = () => { ports.delete(port); port.close(); };
  if (last) port.postMessage({ state: last, lost });
  if (!source) connect();
};
