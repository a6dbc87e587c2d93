// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const dgram = require('dgram');
const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true });
for (const call of [() => socket.setBroadcast(true), () => socket.getRecvBufferSize(), () => socket.setRecvBufferSize(-1), () => socket.setRecvBufferSize(2 ** 31)]) {
  try { console.log('fine', call()); } catch (e) { console.log(e.name, e.code, e.message); }
}
socket.bind(0, '127.0.0.1', () => {
  socket.setBroadcast(true); console.log(socket.setTTL(16), socket.setMulticastTTL(3), socket.setMulticastLoopback(true));
  socket.setRecvBufferSize(8192); console.log(socket.getRecvBufferSize() >= 8192, socket.getSendBufferSize() > 0, socket.getSendQueueSize(), socket.getSendQueueCount());
  for (const call of [() => socket.setTTL(0), () => socket.setTTL(1000), () => socket.setMulticastTTL(1000), () => socket.addMembership(), () => socket.send('x', 70000), () => socket.sendto('x', 0, 1, 5)]) {
    try { console.log('fine', call()); } catch (e) { console.log(e.name, e.code, e.message); }
  }
  socket.close(); try { socket.close(); } catch (e) { console.log(e.code, e.message); } try { socket.address(); } catch (e) { console.log(e.code); }
});
