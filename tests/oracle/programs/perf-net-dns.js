'use strict';
// What observers of 'net' and 'dns' entries are told.
const dns = require('dns');
const net = require('net');
const { PerformanceObserver } = require('perf_hooks');

const seen = [];
const observer = new PerformanceObserver((list) => {
  for (const { name, entryType, detail, duration } of list.getEntries()) seen.push([entryType, name, duration >= 0, detail]);
});
const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  net.connect(port, '127.0.0.1').resume().on('close', () => { // nobody observes yet
    observer.observe({ entryTypes: ['net', 'dns'] });
    dns.lookup('localhost', { family: 4 }, () => {
      net.connect(port, '127.0.0.1').resume().on('close', () => {
        server.close();
        setTimeout(() => {
          observer.disconnect();
          seen.forEach(([type, name, isMeasured, detail]) => console.log(type, name, isMeasured, type === 'net' ? Object.keys(detail) : detail));
        }, 20);
      });
    });
  });
});
